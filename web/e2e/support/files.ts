import type { Page } from "playwright-core";

/** A file as Playwright gives it to a page. */
export interface UploadFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What the camera wrote into a photo and nobody else may ever read. */
export const CANARY = "CANARY taken at 12 Elm Street";

/** The metadata of a phone's camera (TIFF, little endian): held sideways, a description, the place. */
function exif(): Buffer {
  const text = Buffer.from(`${CANARY}\0`, "latin1");
  const gpsAt = 8 + 2 + 3 * 12 + 4;
  const latitudeAt = gpsAt + 2 + 4 * 12 + 4;
  const textAt = latitudeAt + 48;
  const tiff = Buffer.alloc(textAt + text.length);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(3, 8);
  entry(10, 0x010e, 2, text.length, textAt);
  entry(22, 0x0112, 3, 1, 6); // to be turned to the right
  entry(34, 0x8825, 4, 1, gpsAt);
  tiff.writeUInt16LE(4, gpsAt);
  entry(gpsAt + 2, 1, 2, 2, "N".charCodeAt(0));
  entry(gpsAt + 14, 2, 5, 3, latitudeAt);
  entry(gpsAt + 26, 3, 2, 2, "W".charCodeAt(0));
  entry(gpsAt + 38, 4, 5, 3, latitudeAt + 24);
  [40, 1, 44, 1, 55, 1, 73, 1, 59, 1, 11, 1].forEach((part, at) => tiff.writeUInt32LE(part, latitudeAt + at * 4));
  text.copy(tiff, textAt);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A JPEG as a phone's camera would make it: painted by the browser, 1,600 by 1,200, and to be shown upright. */
export async function photo(page: Page, name: string, hue: number): Promise<UploadFile> {
  const data = await page.evaluate((hue) => {
    const canvas = document.createElement("canvas");
    canvas.width = 1600;
    canvas.height = 1200;
    const paint = canvas.getContext("2d");
    if (!paint) throw new Error("no canvas");
    paint.fillStyle = `hsl(${hue} 45% 70%)`;
    paint.fillRect(0, 0, 1600, 1200);
    for (let spot = 0; spot < 60; spot += 1) {
      paint.fillStyle = `hsl(${hue - 12} 60% ${40 + (spot % 6) * 5}%)`;
      paint.beginPath();
      paint.arc(800 + Math.sin(spot * 7) * 500, 600 + Math.cos(spot * 5) * 380, 20 + (spot % 9) * 12, 0, 7);
      paint.fill();
    }
    return canvas.toDataURL("image/jpeg", 0.9);
  }, hue);
  const painted = Buffer.from(data.slice(data.indexOf(",") + 1), "base64");
  return { name, mimeType: "image/jpeg", buffer: Buffer.concat([painted.subarray(0, 2), exif(), painted.subarray(2)]) };
}

/** A PDF of one page with one line of text, and perhaps a comment that no reader shows. */
export function pdf(name: string, text: string, comment = "made by a script"): UploadFile {
  const content = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = `%PDF-1.4\n%${comment}\n`;
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return { name, mimeType: "application/pdf", buffer: Buffer.from(body + end, "latin1") };
}

/** A PDF that carries the test file of the virus scanners, put together here so that no scanner takes this text for it. */
export function infected(name: string): UploadFile {
  const signature = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "STANDARD-ANTIVIRUS", "TEST-FILE!$H+H*"].join("-");
  return pdf(name, "Nothing to see.", signature);
}

/** A text that says it is something else. */
export function pretender(name: string, mimeType: string): UploadFile {
  return { name, mimeType, buffer: Buffer.from("These are only words.") };
}

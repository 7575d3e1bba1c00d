import type { Attachment, AttachmentLimits } from "@/api/types";

export const limits: AttachmentLimits = {
  maxFileBytes: 10 * 1024 * 1024,
  maxFilesPerMessage: 20,
  kinds: [
    { mimeType: "image/jpeg", extensions: ["jpg", "jpeg"] },
    { mimeType: "image/png", extensions: ["png"] },
    { mimeType: "image/gif", extensions: ["gif"] },
    { mimeType: "application/pdf", extensions: ["pdf"] },
    { mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", extensions: ["docx"] },
  ],
};

/** A file as the server tells of it; a photo that is available unless told. */
export function attachment(id: string, change: Partial<Attachment> = {}): Attachment {
  return {
    id, filename: `${id}.jpg`, fileSize: 2_400_000, mimeType: "image/jpeg", state: "available",
    width: 1600, height: 1200, hasThumbnail: true, ...change,
  };
}

/** A file as somebody chooses it. */
export function fileNamed(name: string, type = "image/jpeg", bytes = 2_000): File {
  const file = new File(["x"], name, { type });
  Object.defineProperty(file, "size", { value: bytes });
  return file;
}

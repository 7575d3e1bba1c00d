import { encode } from "uqr";

export interface QrCodeProps {
  text: string;
  /** What the picture is for: nobody hears its squares. */
  label: string;
}

/** Blank modules around the code, without which cameras do not find it (ISO/IEC 18004). */
const QUIET = 4;

/** A QR code as one path, drawn here: its text never leaves the page. Dark on white in every theme, as cameras need it. */
export function QrCode({ text, label }: QrCodeProps) {
  const { data, size } = encode(text, { border: QUIET, ecc: "M" });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join("")} fill="#000" />
    </svg>
  );
}

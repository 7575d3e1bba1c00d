import type { AttachmentLimits, FileRefusal } from "@/api/types";

/**
 * Why a file is refused: the server's codes, and some that can be told before anything is sent. `heic` and
 * `old_word` are kinds that are not allowed and for which there is a way out.
 */
export type RefusalCode = FileRefusal | "file_too_large" | "too_many_files" | "heic" | "old_word" | "empty_file" | "bad_name" | "other";

const KNOWN: Record<RefusalCode, true> = {
  file_type_not_allowed: true, file_type_mismatch: true, active_content: true, encrypted_file: true,
  image_too_large: true, archive_rejected: true, malware_detected: true, file_too_large: true, too_many_files: true,
  heic: true, old_word: true, empty_file: true, bad_name: true, other: true,
};

const isKnown = (code: string): code is RefusalCode => Object.hasOwn(KNOWN, code);

/** What comes after the last dot, lower case. */
export function extensionOf(filename: string): string {
  const at = filename.lastIndexOf(".");
  return at < 0 ? "" : filename.slice(at + 1).toLowerCase();
}

const isHeic = (filename: string, type = "") => /^hei[cf]$/.test(extensionOf(filename)) || /^image\/hei[cf]/.test(type);

const bare = (extension: string) => extension.replace(/^\./, "").toLowerCase();

/** Whether the server decodes it and shows it as a picture. */
export function isPicture(mimeType: string): boolean {
  return mimeType.startsWith("image/");
}

/** Whether a chosen file is one of the pictures that browsers can show beforehand. */
export function looksLikePicture(file: File): boolean {
  return /^image\/(jpeg|png|gif)$/.test(file.type) || (file.type === "" && /^(jpe?g|png|gif)$/.test(extensionOf(file.name)));
}

/** The code that has the most helpful words for this file. */
export function refusalFor(code: string, filename: string): RefusalCode {
  const aboutKind = code === "file_type_not_allowed" || code === "file_type_mismatch" || code === "unsupported_media_type";
  if (aboutKind && isHeic(filename)) return "heic";
  if (aboutKind && extensionOf(filename) === "doc") return "old_word";
  if (code === "payload_too_large") return "file_too_large";
  if (code === "unsupported_media_type") return "file_type_not_allowed";
  // Of an upload's fields only the file's name can be wrong.
  if (code === "validation_failed") return "bad_name";
  return isKnown(code) ? code : "other";
}

/** What can be told of a file before it is sent; the server decides again by its content. */
export function refusalOf(file: File, limits: AttachmentLimits | undefined): RefusalCode | null {
  if (isHeic(file.name, file.type)) return "heic";
  if (extensionOf(file.name) === "doc") return "old_word";
  if (file.size === 0) return "empty_file";
  if (!limits) return null;
  const known = limits.kinds.some(({ extensions }) => extensions.some((each) => bare(each) === extensionOf(file.name)));
  if (!known) return "file_type_not_allowed";
  return file.size > limits.maxFileBytes ? "file_too_large" : null;
}

/** For the `accept` of a file field. A phone that is asked for JPEG converts its own photos on the way. */
export function acceptOf(limits: AttachmentLimits | undefined): string | undefined {
  return limits?.kinds.flatMap(({ mimeType, extensions }) => [mimeType, ...extensions.map((each) => `.${bare(each)}`)]).join(",");
}

/** The kinds by the short names that people know: "JPG", "PDF", "Word (DOCX)". */
export function kindNames(limits: AttachmentLimits): string[] {
  return limits.kinds.map(({ extensions }) => shortKind(extensions[0] ?? ""));
}

/** "PDF", "Word (DOCX)" for a file's name or an extension. */
export function shortKind(name: string): string {
  const extension = name.includes(".") ? extensionOf(name) : bare(name);
  return extension === "docx" ? "Word (DOCX)" : extension.toUpperCase();
}

const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** "2.3 MB", "184 kB"; counted as the limit is, in steps of 1,024. */
export function fileSize(bytes: number, language: string): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1000 ? 1 : 2;
  const value = bytes / 1024 ** step;
  const unit = UNITS[step] ?? "byte";
  const digits = step === 2 && value < 9.95 ? 1 : 0;
  return new Intl.NumberFormat(language === "es" ? "es-US" : "en-US", { style: "unit", unit, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: digits })
    .format(step === 0 ? value : Math.max(value, 1))
    .replace("kB", "KB");
}

/** Files of a paste or a drop. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])];
}

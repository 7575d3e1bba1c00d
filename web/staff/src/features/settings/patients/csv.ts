import type { BulkRow, InvitationOutcome } from "@/api/types";

/** So many lines the server takes at once. */
export const MAX_LINES = 2_000;

/** The lines of a text, as the server counts them. */
export const linesOf = (csv: string): string[] => csv.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");

const COLUMNS = "mrn,email";
const namesColumns = (csv: string): boolean => /^\s*"?mrn"?\s*(,|$)/im.test(linesOf(csv)[0] ?? "");

/** How many patients a text lists: not its first line where that names the columns. */
export function countPatients(csv: string): number {
  const lines = linesOf(csv).filter((line) => line.trim() !== "");
  return lines.length - (namesColumns(csv) ? 1 : 0);
}

/** The text with a first line that names the columns, as the server wants it; nobody who pastes need write one. */
export const withColumns = (csv: string): string => (namesColumns(csv) ? csv : `${COLUMNS}\n${csv}`);

/** The rows by the lines of what somebody typed. */
export function asTyped(rows: BulkRow[], csv: string): BulkRow[] {
  const added = namesColumns(csv) ? 0 : 1;
  return rows.map(({ line, outcome }) => ({ line: line - added, outcome }));
}

export const isProblemRow = ({ outcome }: BulkRow): boolean => outcome !== "invite";

export function countOutcomes(rows: BulkRow[]): [InvitationOutcome, number][] {
  const counts = new Map<InvitationOutcome, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts];
}

/** A cell that no spreadsheet takes for a formula. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;

/** The lines that bring no invitation, with the reason, for the office to mend. */
export function problemsCsv(rows: BulkRow[], csv: string, reason: (outcome: InvitationOutcome) => string): string {
  const lines = linesOf(csv);
  const listed = rows.filter(isProblemRow).map(({ line, outcome }) => [String(line), lines[line - 1] ?? "", reason(outcome)].map(cell).join(","));
  return ["line,text,reason", ...listed].join("\r\n") + "\r\n";
}

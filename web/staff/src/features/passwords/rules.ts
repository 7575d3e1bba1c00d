import { isProblem } from "@/api/problem";
import { codePoints } from "@/domain/words";

export const LONGEST = 128;

/** How a password is counted: as the server does it. */
export const lengthOf = (password: string) => codePoints(password.normalize("NFKC"));

/** Whether the whole e-mail stands in it, whatever the case. What else is too close to it only the server says. */
export function containsEmail(password: string, email: string | undefined): boolean {
  return email !== undefined && email !== "" && password.toLowerCase().includes(email.toLowerCase());
}

export type PasswordFault = "too_short" | "too_long" | "too_common" | "contains_email";

const FAULTS: readonly string[] = ["too_short", "too_long", "too_common", "contains_email"] satisfies PasswordFault[];

/** What keeps a password from being taken, as far as this page can tell. */
export function faultOf(password: string, minimumLength: number, email?: string): PasswordFault | null {
  const length = lengthOf(password);
  if (length < minimumLength) return "too_short";
  if (length > LONGEST) return "too_long";
  return containsEmail(password, email) ? "contains_email" : null;
}

/** What the server had against it. */
export function refusedFault(problem: unknown, pointer: "/password" | "/newPassword"): PasswordFault | null {
  const code = isProblem(problem, "validation_failed") ? problem.fieldCode(pointer) : undefined;
  return code !== undefined && FAULTS.includes(code) ? (code as PasswordFault) : null;
}

import { signedIn, type Call, type Json } from "./caller.ts";
import { HOSTILE } from "./hostile.ts";
import { people } from "./people.ts";

/** What there is in a practice whose every text is an attempt at markup. */
export interface HostilePractice {
  /** Conversations that hold twenty of the texts each. */
  threads: string[];
  /** The patient that they are of. */
  patient: string;
}

/** A shortest PNG. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** One line of a text that fits where names are short. */
export const line = (n: number, most = 200): string => (HOSTILE[n % HOSTILE.length] ?? "").replace(/[\n\t\u202E\u2066\u2069]/g, " ").trim().slice(0, most);

/** Writes the texts into every field that takes one. */
export async function fillPractice(): Promise<HostilePractice> {
  const admin = await signedIn("/auth", people.admin, line(3, 60));
  const found = await admin("GET", "/admin/patients?search=Silva");
  const patient = String((found.patients as Json[])[0]?.id);
  const { version } = await admin("GET", `/admin/patients/${patient}`);
  await admin("PUT", `/admin/patients/${patient}`, { fullName: line(0) }, version);
  const threads: string[] = [];
  for (let n = 0; n < HOSTILE.length; n += 20) threads.push(await fillThread(admin, patient, n));
  for (let n = 0; n < 12; n += 1) await fillLists(admin, n);
  await fillSettings(admin);
  await fillAccounts(admin, patient);
  return { threads, patient };
}

/** A conversation whose message and note hold twenty of the texts each, and nineteen more for the subjects of lists. */
async function fillThread(admin: Call, patientId: string, from: number): Promise<string> {
  const twenty = HOSTILE.slice(from, from + 20).join("\n");
  const made = await admin("POST", "/patient-messages/threads", { patientId, category: "general", subject: line(from), messageText: twenty });
  const id = String(made.threadId);
  await admin("POST", `/patient-messages/threads/${id}/messages`, { messageText: twenty, isInternalNote: true });
  const attachmentIds = [await upload(admin, "/patient-messages/attachments", from + 1), await upload(admin, "/patient-messages/attachments", from + 2)];
  await admin("POST", `/patient-messages/threads/${id}/messages`, { messageText: line(from + 3), attachmentIds });
  for (let n = from + 1; n < from + 20; n += 1) {
    await admin("POST", "/patient-messages/threads", { patientId, category: "general", subject: line(n), messageText: line(n) });
  }
  if (from % 40 === 0) await admin("POST", `/patient-messages/threads/${id}/close`, { reason: line(from + 3) });
  return id;
}

async function upload(call: Call, path: string, n: number): Promise<string> {
  const form = new FormData();
  form.append("file", new Blob([PIXEL], { type: "image/png" }), `${line(n, 100).replaceAll("/", "⁄")}.png`);
  const { id } = await call("POST", path, form);
  return String(id);
}

async function fillLists(admin: Call, n: number): Promise<void> {
  await admin("POST", "/admin/patients", { fullName: line(n * 7), mrn: `X-${n}`, phone: "(555) 010-0100" });
  await admin("POST", "/admin/users", { fullName: line(n * 11), title: line(n * 13, 60), email: `x${n}@riverside.example`, role: "nurse" });
  await admin("POST", "/canned-responses", { title: line(n * 17), responseText: HOSTILE.slice(n * 16, n * 16 + 16).join("\n"), category: "general" });
  await admin("POST", "/teams", { name: line(n * 19 + 1, 60), categories: [], memberIds: [] });
  await admin("POST", "/views", { name: line(n * 23 + 2, 60), isShared: true, filter: { search: line(n) } });
  await admin("POST", "/patient-messages/search/recent", { query: line(n * 29 + 4) });
}

async function fillSettings(admin: Call): Promise<void> {
  const { version, ...settings } = await admin("GET", "/admin/settings");
  const texts = { name: line(90), emergencyText: HOSTILE.slice(0, 8).join(" "), hoursText: line(91), afterHoursText: HOSTILE.slice(8, 16).join(" ") };
  await admin("PUT", "/admin/settings", { ...settings, ...texts, answerTimes: { general: line(92, 60), medical: line(93, 60) } }, version);
  const categories = ["prescription", "appointment", "billing"];
  await admin("PUT", "/auto-replies", { autoReplies: categories.map((category, n) => ({ category, isActive: true, messageText: HOSTILE.slice(n * 60, n * 60 + 60).join("\n") })) });
}

/** Names that people give their devices and helpers, and what they say of an emergency. */
async function fillAccounts(admin: Call, patient: string): Promise<void> {
  for (let n = 0; n < 4; n += 1) {
    await signedIn("/auth", people.admin, line(n * 31 + 5, 60));
    const ana = await signedIn("/patient-portal/auth", people.ana, line(n * 37 + 6, 60));
    await ana("POST", "/patient-portal/grants", { fullName: line(n * 41 + 7), email: `helper${n}@example.org`, relationship: "caregiver", scope: "read" });
    await admin("POST", `/admin/patients/${patient}/invitations`, { fullName: line(n * 43 + 8), email: `guardian${n}@example.org`, relationship: "caregiver" });
  }
  const desk = await signedIn("/auth", people.frontDesk, line(9, 60));
  for (const n of [10, 11]) await desk("POST", "/auth/emergency-access", { reason: HOSTILE.slice(n, n + 10).join(" ") });
  const accesses = (await admin("GET", "/admin/emergency-accesses")).emergencyAccesses as Json[];
  const ended = accesses.find(({ endedAt }) => endedAt !== null);
  await admin("POST", `/admin/emergency-accesses/${String(ended?.id)}/review`, { note: HOSTILE.slice(20, 40).join(" ") });
}

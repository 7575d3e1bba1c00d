import { signedIn, type Call, type Json } from "./caller.ts";
import { HOSTILE, inPieces } from "./hostile.ts";
import { people } from "./people.ts";

/** What there is in a practice whose every text is an attempt at markup. */
export interface HostilePractice {
  /** Conversations that hold twenty of the texts each. */
  threads: string[];
  /** The patient that they are of. */
  patient: string;
  /** A patient for whom a guardian signs in. */
  child: string;
  /** A member of the staff. */
  user: string;
}

/** A shortest PNG. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const AT_ONCE = 8;

/** One line of a text that fits where names are short. */
export const line = (n: number, most = 200): string => (HOSTILE[n % HOSTILE.length] ?? "").replace(/[\n\t\u202E\u2066\u2069]/g, " ").trim().slice(0, most);

/** Writes each of the texts, or of the first so many, a few of them at a time. */
async function each(write: (n: number) => Promise<unknown>, count = HOSTILE.length): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => write(from + at)));
}

/** Writes the texts into every field that takes one. */
export async function fillPractice(): Promise<HostilePractice> {
  const admin = await signedIn("/auth", people.admin, line(3, 60));
  const [patient, child] = [await renamed(admin, "Silva", line(0)), await renamed(admin, "Mendes", line(1))];
  const threads: string[] = [];
  for (let n = 0; n < HOSTILE.length; n += 20) threads.push(await fillThread(admin, patient, n));
  await closeAndReopen(admin, threads[0] ?? "");
  const user = await fillLists(admin);
  await fillVersions(admin);
  await fillViews();
  await fillAccounts(admin, patient);
  await fillEmergencies(admin);
  return { threads, patient, child, user };
}

/** Gives the patient of a name another one. */
async function renamed(admin: Call, name: string, fullName: string): Promise<string> {
  const { patients } = await admin("GET", `/admin/patients?search=${name}`);
  const id = String((patients as Json[])[0]?.id);
  const { version } = await admin("GET", `/admin/patients/${id}`);
  await admin("PUT", `/admin/patients/${id}`, { fullName }, version);
  return id;
}

/** A conversation whose message, note and files hold twenty of the texts each, and nineteen more for the subjects of lists. */
async function fillThread(admin: Call, patientId: string, from: number): Promise<string> {
  const twenty = HOSTILE.slice(from, from + 20).join("\n");
  const made = await admin("POST", "/patient-messages/threads", { patientId, category: "general", subject: line(from), messageText: twenty });
  const id = String(made.threadId);
  await admin("POST", `/patient-messages/threads/${id}/messages`, { messageText: twenty, isInternalNote: true });
  const attachmentIds: string[] = [];
  await each(async (n) => attachmentIds.push(await upload(admin, "/patient-messages/attachments", from + n)), 20);
  await admin("POST", `/patient-messages/threads/${id}/messages`, { messageText: line(from + 3), attachmentIds });
  await each((n) => admin("POST", "/patient-messages/threads", { patientId, category: "general", subject: line(from + n + 1), messageText: line(from + n + 1) }), 19);
  return id;
}

async function upload(call: Call, path: string, n: number): Promise<string> {
  const form = new FormData();
  form.append("file", new Blob([PIXEL], { type: "image/png" }), `${line(n, 100).replaceAll("/", "⁄")}.png`);
  const { id } = await call("POST", path, form);
  return String(id);
}

/** Every reason for which a conversation was ever closed stands in it. */
async function closeAndReopen(admin: Call, thread: string): Promise<void> {
  for (const reason of inPieces(500)) {
    await admin("POST", `/patient-messages/threads/${thread}/close`, { reason });
    await admin("POST", `/patient-messages/threads/${thread}/reopen`, {});
  }
}

async function fillLists(admin: Call): Promise<string> {
  await each((n) => admin("POST", "/admin/patients", { fullName: line(n), mrn: `X-${n}`, phone: "(555) 010-0100" }));
  await each((n) => admin("POST", "/admin/users", { fullName: line(n), title: line(n + 1, 100), email: `x${n}@riverside.example`, role: "nurse" }));
  await each((n) => admin("POST", "/canned-responses", { title: line(n), responseText: HOSTILE.slice(n - (n % 16), n - (n % 16) + 16).join("\n"), category: "general" }));
  const texts = inPieces(5_000, "\n");
  const categories = ["prescription", "appointment", "billing"].slice(0, texts.length);
  await admin("PUT", "/auto-replies", { autoReplies: categories.map((category, n) => ({ category, isActive: true, messageText: texts[n] })) });
  const { users } = await admin("GET", "/admin/users");
  return String((users as Json[]).find(({ email }) => String(email).startsWith("x1@"))?.id);
}

/** All the versions of one response. */
async function fillVersions(admin: Call): Promise<void> {
  const { cannedResponses } = await admin("GET", "/canned-responses");
  const [edited] = cannedResponses as Json[];
  for (let n = 0; n < HOSTILE.length; n += 1) await admin("PUT", `/canned-responses/${String(edited?.id)}`, { title: line(n), responseText: HOSTILE[n] });
}

/** A person saves fifty views at most; shared by five, all of them stand in everybody's list. */
async function fillViews(): Promise<void> {
  const owners = [people.admin, people.provider, people.nurse, people.medicalAssistant, people.frontDesk];
  for (const [at, owner] of owners.entries()) {
    const call = await signedIn("/auth", owner, line(at, 60));
    await each((n) => call("POST", "/views", { name: line(at * 40 + n, 60), isShared: true, filter: { search: line(n) } }), 40);
  }
}

/** Names that people give their devices and helpers: few helpers of a patient's own may wait, of the practice's all two hundred do. */
async function fillAccounts(admin: Call, patient: string): Promise<void> {
  const ana = await signedIn("/patient-portal/auth", people.ana, line(6, 60));
  await each((n) => ana("POST", "/patient-portal/grants", { fullName: line(n), email: `helper${n}@example.org`, relationship: "caregiver", scope: "read" }), 8);
  await each((n) => admin("POST", `/admin/patients/${patient}/invitations`, { fullName: line(n), email: `guardian${n}@example.org`, relationship: "caregiver" }));
  await each((n) => signedIn("/auth", people.admin, line(n, 60)));
  await each((n) => signedIn("/patient-portal/auth", people.ana, line(n, 60)));
}

/** What people say of an emergency, and what reviewers found; one stays to be reviewed. */
async function fillEmergencies(admin: Call): Promise<void> {
  const desk = await signedIn("/auth", people.frontDesk, line(9, 60));
  const reasons = inPieces(500);
  for (const reason of reasons) {
    await desk("POST", "/auth/emergency-access", { reason });
    await desk("DELETE", "/auth/emergency-access");
  }
  await desk("POST", "/auth/emergency-access", { reason: line(10) });
  const { emergencyAccesses } = await admin("GET", "/admin/emergency-accesses");
  const ended = (emergencyAccesses as Json[]).filter(({ endedAt }) => endedAt !== null).slice(1);
  for (const [at, { id }] of ended.entries()) await admin("POST", `/admin/emergency-accesses/${String(id)}/review`, { note: reasons[at] ?? line(at) });
}

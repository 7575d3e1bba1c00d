import { addApp, signedIn, type Call, type Json } from "./caller.ts";
import { HOSTILE, inPieces } from "./hostile.ts";
import { line } from "./hostilePractice.ts";
import { people } from "./people.ts";

/**
 * So often what there is only one or few of takes other texts. After the last round all two hundred have stood where there are
 * as many as a round has, and after two hundred rounds, which `make proof` takes, everywhere.
 */
export const ROUNDS = Number(process.env.HOSTILE_ROUNDS ?? 10);
const PER_ROUND = HOSTILE.length / ROUNDS;
const CATEGORIES = ["general", "prescription", "appointment", "billing", "medical", "other"];

/**
 * Fields that a practice or a person has once, or a limited number of. A practice's name, an app's name and the names
 * of a family take one text at a time, and each takes a page to look at: of those, each round has one.
 *
 * Gives the way to begin a round, and the recovery codes of those who have an app now.
 */
export async function hostileRounds(): Promise<{ begin: (round: number) => Promise<void>; codes: Record<"admin" | "ana", string[]> }> {
  const admin = await signedIn("/auth", people.admin, line(12, 60));
  const ana = await signedIn("/patient-portal/auth", people.ana, line(14, 60));
  const codes = { admin: await addApp(admin, "/auth", line(13, 60)), ana: await addApp(ana, "/patient-portal/auth", line(15, 60)) };
  const teams = await teamsOf(admin);
  const family = await familyOf(people.carla);
  const begin = async (round: number) => {
    const from = round * PER_ROUND;
    await settle(admin, round);
    for (const [at, id] of teams.entries()) await admin("PUT", `/teams/${id}`, { name: `${line(from + at, 56)} ${from + at}` });
    for (let n = from; n < from + PER_ROUND; n += 1) await admin("POST", "/patient-messages/search/recent", { query: line(n) });
    await renameApp(admin, "/auth", line(from, 60));
    await renameApp(ana, "/patient-portal/auth", line(from + 1, 60));
    for (const [at, id] of family.entries()) await renamePatient(admin, id, line(from + at + 2));
  };
  return { begin, codes };
}

/** As many teams, no two of one name, as each round has texts. */
async function teamsOf(admin: Call): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < PER_ROUND; n += 1) ids.push(String((await admin("POST", "/teams", { name: `Team ${n}`, categories: [], memberIds: [] })).id));
  return ids;
}

/** The patients of a guardian. */
async function familyOf(email: string): Promise<string[]> {
  const guardian = await signedIn("/patient-portal/auth", email, line(16, 60));
  const { patients } = await guardian("GET", "/patient-portal/auth/me");
  return (patients as Json[]).map(({ id }) => String(id));
}

async function renamePatient(admin: Call, id: string, fullName: string): Promise<void> {
  const { version } = await admin("GET", `/admin/patients/${id}`);
  await admin("PUT", `/admin/patients/${id}`, { fullName }, version);
}

async function renameApp(call: Call, door: string, name: string): Promise<void> {
  const { factors } = await call("GET", `${door}/factors`);
  await call("PUT", `${door}/factors/${String((factors as Json[])[0]?.id)}`, { name });
}

/** The practice's own texts. */
async function settle(admin: Call, round: number): Promise<void> {
  const { version, ...settings } = await admin("GET", "/admin/settings");
  const long = inPieces(1_000);
  const [names, times] = [inPieces(120), inPieces(100)];
  const piece = (pieces: string[], at: number) => pieces[at % pieces.length] ?? "";
  const answerTimes = Object.fromEntries(CATEGORIES.map((category, at) => [category, piece(times, round * CATEGORIES.length + at)]));
  const holidays = Array.from({ length: PER_ROUND }, (_, at) => ({ date: `2030-01-${String(at + 1).padStart(2, "0")}`, name: line(round * PER_ROUND + at, 60) }));
  const texts = { name: piece(names, round), emergencyText: piece(long, round), hoursText: piece(long, round + 1), afterHoursText: piece(long, round + 2) };
  await admin("PUT", "/admin/settings", { ...settings, ...texts, answerTimes, holidays }, version);
}

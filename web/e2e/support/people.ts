import { baseUrl } from "./server.ts";

/** The demo's people; every one has the same password. */
export const PASSWORD = "threadwell-demo-2026";
export const PRACTICE = "riverside";

export const people = {
  ana: "ana.silva@example.org",
  ben: "ben.okafor@example.org",
  carla: "carla.mendes@example.org",
  admin: "admin@riverside.example",
  provider: "provider@riverside.example",
  nurse: "nurse@riverside.example",
  medicalAssistant: "ma@riverside.example",
  frontDesk: "frontdesk@riverside.example",
  auditor: "auditor@riverside.example",
} as const;

/** A mail that the demo would have sent. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  at: string;
}

/** The demo's mailbox, newest first. */
export async function mailbox(): Promise<Mail[]> {
  const answer = await fetch(`${baseUrl()}/demo/mail.json`);
  if (!answer.ok) throw new Error(`the mailbox answered ${answer.status}`);
  return (await answer.json()) as Mail[];
}

/** The mails that came after those already there. */
export async function mailsSince(before: number): Promise<Mail[]> {
  const mails = await mailbox();
  return mails.slice(0, Math.max(0, mails.length - before));
}

/** The newest link of a kind that somebody was mailed; waits until the mail is there. */
export async function linkTo(address: string, kind: string): Promise<string> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const mail = (await mailbox()).find((one) => one.to === address && one.text.includes(`/${kind}#`));
    const link = mail?.text.match(/http\S+#\S+/)?.[0];
    if (link) return link;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`no ${kind} was mailed to ${address}`);
}

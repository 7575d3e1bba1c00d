import { createHmac } from "node:crypto";
import type { Page } from "playwright-core";
import { PASSWORD, PRACTICE } from "./people.ts";
import { baseUrl } from "./server.ts";

export type Json = Record<string, unknown>;
/** Calls the API as somebody who is signed in. */
export type Call = (method: string, path: string, body?: Json | FormData, version?: unknown) => Promise<Json>;

/** Where somebody signs in. */
export type Door = "/auth" | "/patient-portal/auth";

/** A server that trusts a proxy takes their addresses for those that the proxy names. */
let devices = 0;

/** Signs in from a device of this name, each time at another address, and gives a way to call the API. */
export async function signedIn(door: Door, email: string, deviceName: string): Promise<Call> {
  let token = "";
  devices += 1;
  const address = `198.18.${devices >> 8}.${devices & 255}`;
  const call: Call = async (method, path, body, version) => {
    const headers = { "X-Tenant-ID": PRACTICE, "X-Forwarded-For": address, ...(token && { Authorization: `Bearer ${token}` }), ...(version !== undefined && { "If-Match": `"${String(version)}"` }) };
    const answer = await fetch(`${baseUrl()}/api${path}`, { method, ...sent(headers, body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : {}) as Json;
  };
  const session = await call("POST", `${door}/login`, { email, password: PASSWORD, tokenDelivery: "body", deviceName });
  token = String(session.accessToken);
  return call;
}

function sent(headers: Record<string, string>, body?: Json | FormData): RequestInit {
  if (body === undefined) return { headers };
  if (body instanceof FormData) return { headers, body };
  return { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * Adds an authenticator app of this name, as its owner would: by the code that it shows now (RFC 6238). It is the first,
 * so other sessions end; gives the recovery codes.
 */
export async function addApp(call: Call, door: Door, name: string): Promise<string[]> {
  const { id, secret } = await call("POST", `${door}/factors/totp`, { name });
  const { recoveryCodes } = await call("POST", `${door}/factors/totp/${String(id)}/confirm`, { code: codeNow(String(secret)) });
  return recoveryCodes as string[];
}

/** Signs a window in, by the password and a recovery code. */
export async function enterBy(page: Page, door: Door, email: string, code: string | undefined): Promise<void> {
  await page.goto(door === "/auth" ? "/" : `/portal/${PRACTICE}`);
  const isIn = await page.evaluate(async ([door, email, password, practice, code]) => {
    const post = (path: string, body: object) =>
      fetch(`/api${door}/${path}`, { method: "POST", headers: { "Content-Type": "application/json", "X-Tenant-ID": practice }, body: JSON.stringify(body) });
    const { mfaToken } = (await (await post("login", { email, password })).json()) as { mfaToken: string };
    return (await post("second-factor", { mfaToken, method: "recovery_code", code })).ok;
  }, [door, email, PASSWORD, PRACTICE, code ?? ""] as const);
  if (!isIn) throw new Error(`${email} does not get in`);
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function codeNow(secret: string): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const place = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(place) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

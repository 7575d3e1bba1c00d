import type { CheckedReset, CheckedStaffInvitation } from "@/api/types";
import { api } from "../app/session";

const ask = <T>(path: string, body: object, headers?: Record<string, string>, signal?: AbortSignal) =>
  api.requestPublic<T>("POST", `/api/auth/${path}`, { body, headers, signal, userAction: true });

/** Whom an invitation is for; uses nothing up. */
export const checkInvitation = (token: string, signal: AbortSignal) => ask<CheckedStaffInvitation>("invitation/check", { token }, undefined, signal);

export const acceptInvitation = (token: string, password: string) => ask<void>("invitation/accept", { token, password });

/** Asks for a mail with a link; the answer is the same whoever asks. */
export function requestReset(practice: string, email: string): Promise<unknown> {
  return ask("password-reset", { email }, practice ? { "x-tenant-id": practice } : undefined);
}

/** Which practice a link is of; uses nothing up. */
export const checkReset = (token: string, signal: AbortSignal) => ask<CheckedReset>("password-reset/check", { token }, undefined, signal);

export const confirmReset = (token: string, password: string) => ask<void>("password-reset/confirm", { token, password });

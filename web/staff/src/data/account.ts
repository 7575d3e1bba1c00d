import { queryOptions } from "@tanstack/react-query";
import type {
  Factors, FirstRecoveryCodes, FactorPasskeyCreation, NewTotp, OwnSessions, PasskeyRequest, Preferences, RecoveryCodes, StepUpWays,
} from "@/api/types";
import { api, endHere, queryClient } from "../app/session";
import { makePasskey, takePasskey } from "@/api/passkeys";

const BASE = "/api/auth";
const keys = { factors: ["account", "factors"], sessions: ["account", "sessions"], preferences: ["account", "preferences"] } as const;
const act = { userAction: true };
const reread = (queryKey: readonly string[]) => queryClient.invalidateQueries({ queryKey });

export const factorsOptions = () => queryOptions({ queryKey: keys.factors, queryFn: ({ signal }) => api.get<Factors>(`${BASE}/factors`, { signal }) });

/** Begins an authenticator app; it takes the place of one that was never confirmed. */
export const beginTotp = (name: string) => api.post<NewTotp>(`${BASE}/factors/totp`, { body: { name }, ...act });

export async function confirmTotp(id: string, code: string): Promise<FirstRecoveryCodes> {
  const added = await api.post<FirstRecoveryCodes>(`${BASE}/factors/totp/${id}/confirm`, { body: { code }, ...act });
  await reread(keys.factors);
  return added;
}

export async function addPasskey(name: string): Promise<FirstRecoveryCodes> {
  const { challengeId, publicKey } = await api.post<FactorPasskeyCreation>(`${BASE}/factors/passkey-options`, { body: {}, ...act });
  const credential = await makePasskey(publicKey);
  const added = await api.post<FirstRecoveryCodes>(`${BASE}/factors/passkey`, { body: { challengeId, name, credential }, ...act });
  await reread(keys.factors);
  return added;
}

export async function renameFactor(id: string, name: string): Promise<void> {
  await api.put(`${BASE}/factors/${id}`, { body: { name }, ...act });
  await reread(keys.factors);
}

export async function removeFactor(id: string): Promise<void> {
  await api.delete(`${BASE}/factors/${id}`, act);
  await reread(keys.factors);
}

/** New codes; the old ones are worth nothing from now on. */
export async function makeRecoveryCodes(): Promise<string[]> {
  const { recoveryCodes } = await api.post<RecoveryCodes>(`${BASE}/recovery-codes`, act);
  await reread(keys.factors);
  return recoveryCodes;
}

/** Ends all other sessions too. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await api.post(`${BASE}/password`, { body: { currentPassword, newPassword }, ...act });
  await reread(keys.sessions);
}

export const sessionsOptions = () => queryOptions({ queryKey: keys.sessions, queryFn: ({ signal }) => api.get<OwnSessions>(`${BASE}/sessions`, { signal }), select: ({ sessions }) => sessions });

export async function endSession(id: string): Promise<void> {
  await api.delete(`${BASE}/sessions/${id}`, act);
  await reread(keys.sessions);
}

export async function endOtherSessions(): Promise<void> {
  await api.post(`${BASE}/sessions/end-others`, act);
  await reread(keys.sessions);
}

/** Signs out everywhere, here last. */
export async function endAllSessions(): Promise<void> {
  await api.post(`${BASE}/sessions/end-all`, act);
  endHere();
}

export const preferencesOptions = () => queryOptions({ queryKey: keys.preferences, queryFn: ({ signal }) => api.get<Preferences>(`${BASE}/preferences`, { signal }) });

export async function savePreferences(preferences: Preferences): Promise<void> {
  await api.put(`${BASE}/preferences`, { body: preferences, ...act });
  queryClient.setQueryData(keys.preferences, preferences);
}

/** How the person may show again that it is they. */
export const stepUpMethods = () => api.get<StepUpWays>(`${BASE}/step-up`);

export const stepUpBy = (body: { method: "password"; password: string } | { method: "totp"; code: string }) => api.post<void>(`${BASE}/step-up`, { body, ...act });

export async function stepUpByPasskey(): Promise<void> {
  const { publicKey } = await api.post<PasskeyRequest>(`${BASE}/step-up/passkey-options`, act);
  const credential = await takePasskey(publicKey);
  await api.post(`${BASE}/step-up`, { body: { method: "passkey", credential }, ...act });
}

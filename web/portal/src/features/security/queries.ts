import { queryOptions, useQueryClient } from "@tanstack/react-query";
import type { Factors, FirstRecoveryCodes, NewTotp, OwnSessions, FactorPasskeyCreation, RecoveryCodes } from "@/api/types";
import { makePasskey } from "@/api/passkeys";
import { AUTH, client } from "../../session/session";

const FACTORS = `${AUTH}/factors`;
const SESSIONS = `${AUTH}/sessions`;
const one = (id: string) => encodeURIComponent(id);
const post = <T>(path: string, body?: object) => client.post<T>(path, { body, userAction: true });

/** The account's second factors. */
export const factorsQuery = queryOptions({
  queryKey: ["account", "factors"],
  queryFn: ({ signal }) => client.get<Factors>(FACTORS, { signal }),
});

/** Where the account is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: ({ signal }) => client.get<OwnSessions>(SESSIONS, { signal }),
});

/** What was shown is out of date. */
export function useAccountChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["account"] });
}

/** Begins with a code app: the secret that it takes in. */
export const beginTotp = (name: string) => post<NewTotp>(`${FACTORS}/totp`, { name });

/** Ends with the first code that the app shows. */
export const confirmTotp = (id: string, code: string) => post<FirstRecoveryCodes>(`${FACTORS}/totp/${one(id)}/confirm`, { code });

/** Makes a passkey on this device and tells the server of it. */
export async function addPasskey(name: string): Promise<FirstRecoveryCodes> {
  const { challengeId, publicKey } = await post<FactorPasskeyCreation>(`${FACTORS}/passkey-options`, {});
  const credential = await makePasskey(publicKey);
  return post<FirstRecoveryCodes>(`${FACTORS}/passkey`, { challengeId, name, credential });
}

export const removeFactor = (id: string) => client.delete<void>(`${FACTORS}/${one(id)}`, { userAction: true });

/** Replaces all recovery codes. */
export const newRecoveryCodes = () => post<RecoveryCodes>(`${AUTH}/recovery-codes`);

export const changePassword = (currentPassword: string, newPassword: string) => post<void>(`${AUTH}/password`, { currentPassword, newPassword });

export const endSession = (id: string) => client.delete<void>(`${SESSIONS}/${one(id)}`, { userAction: true });

export const endOtherSessions = () => post<void>(`${SESSIONS}/end-others`);

export const endAllSessions = () => post<void>(`${SESSIONS}/end-all`);

import type { EmergencyUntil } from "@/api/types";
import { api, reloadMe } from "../app/session";

const PATH = "/api/auth/emergency-access";

/** Opens every category to this session for a while; each look is marked and the administrators are told. */
export async function beginEmergencyAccess(reason: string): Promise<void> {
  await api.post<EmergencyUntil>(PATH, { body: { reason }, userAction: true });
  await reloadMe();
}

export async function endEmergencyAccess(): Promise<void> {
  await api.delete(PATH, { userAction: true });
  await reloadMe();
}

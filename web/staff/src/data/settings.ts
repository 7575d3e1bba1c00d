import type { NewTeam } from "@/api/types";
import { api, queryClient } from "../app/session";

const BASE = "/api/teams";
// A team's duty decides what the views of its people list.
const refresh = () => Promise.all([queryClient.invalidateQueries({ queryKey: ["teams"] }), queryClient.invalidateQueries({ queryKey: ["threads"] })]);

export async function createTeam(team: NewTeam, idempotencyKey: string): Promise<void> {
  await api.post(BASE, { body: team, idempotencyKey, userAction: true });
  await refresh();
}

export async function updateTeam(id: string, team: NewTeam): Promise<void> {
  await api.put(`${BASE}/${id}`, { body: team, userAction: true });
  await refresh();
}

/** Retires a team; refused while conversations that are not closed are with it. */
export async function retireTeam(id: string): Promise<void> {
  await api.delete(`${BASE}/${id}`, { userAction: true });
  await refresh();
}

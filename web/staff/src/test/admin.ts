import type { Operation, Patient, PatientDetail, PracticeSettingsAnswer, StaffAccount, StaffMe } from "@/api/types";
import { me } from "./fixtures";

/** Somebody who may do these things in the administration. */
export function administrator(...mayDo: (Operation | Operation)[]): StaffMe {
  return me({ mayDo: mayDo as Operation[] });
}

export function user(change: Partial<StaffAccount> = {}): StaffAccount {
  return {
    id: "u1", fullName: "Helen Zhou", title: "RN", email: "helen@riverside.example", role: "nurse", state: "active",
    hasSecondFactor: true, lastSignInAt: "2026-03-11T20:14:00.000Z", teams: [{ id: "team1", name: "Triage" }], version: 4, ...change,
  };
}

export function patient(change: Partial<Patient> = {}): Patient {
  return {
    id: "p1", fullName: "Sofía Mendes", mrn: "004-18823", birthDate: "2013-06-02", email: "sofia@example.org", phone: "(555) 010-0187",
    language: "es", access: "active", ...change,
  };
}

export function patientDetail(change: Partial<PatientDetail> = {}): PatientDetail {
  return {
    ...patient(), version: 2, invitations: [],
    accounts: [{
      accountId: "a1", fullName: "Carla Mendes", email: "carla@example.org", relationship: "guardian", scope: "write", expiresAt: null,
      isActive: true, lastSignInAt: "2026-03-11T20:14:00.000Z", hasSecondFactor: true,
    }],
    ...change,
  };
}

export function practice(change: Partial<PracticeSettingsAnswer> = {}): PracticeSettingsAnswer {
  return {
    name: "Riverside Dermatology", phone: "(555) 010-0100", emergencyText: "Call 911.", hoursText: "Weekdays", afterHoursText: "", timeZone: "America/New_York",
    accent: "violet", businessHours: [{ day: 0, from: "08:00", to: "17:00" }], holidays: [{ date: "2026-07-04", name: "Independence Day" }],
    answerTimes: { billing: "2 days" }, reopenWindowDays: 14, mailGreetsByName: false, staffMfaRequired: true, staffIdleMinutes: 15, portalIdleMinutes: 20,
    mobileIdleDays: 30, majorityAge: 18, patientsMayInvite: true, identityCheck: true, staffAddresses: [], version: 7, ...change,
  };
}

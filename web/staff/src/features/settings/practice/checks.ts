import type { PracticeHours, PracticeSettingsAnswer } from "@/api/types";

/** A field of the settings, as the server points at it. */
export type Pointer = `/${Exclude<keyof PracticeSettingsAnswer, "version">}`;
/** What is wrong with a field: a key of the words. */
export type Errors = Partial<Record<Pointer, "required" | "range" | "hours" | "overlap" | "holidays" | "twice" | "addresses">>;

/** The whole numbers of the settings and their bounds. */
export const bounds = {
  reopenWindowDays: [0, 3650],
  staffIdleMinutes: [5, 60],
  portalIdleMinutes: [5, 60],
  mobileIdleDays: [1, 90],
  majorityAge: [13, 25],
} as const satisfies Partial<Record<keyof PracticeSettingsAnswer, readonly [number, number]>>;
export type NumberName = keyof typeof bounds;
export const NUMBERS = Object.keys(bounds) as NumberName[];

const RANGE = /^(?:\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}|[0-9a-f:]*:[0-9a-f:]*\/\d{1,3})$/i;

/** Whether two stretches of one day lie over each other. */
const overlap = (hours: PracticeHours[]): boolean =>
  hours.some((one, at) => hours.slice(at + 1).some((other) => one.day === other.day && one.from < other.to && other.from < one.to));

/** What a form can tell by itself; the server decides. */
export function checked(settings: PracticeSettingsAnswer): Errors {
  const errors: Errors = {};
  if (settings.name.trim() === "") errors["/name"] = "required";
  if (settings.timeZone === "") errors["/timeZone"] = "required";
  for (const name of NUMBERS) {
    const [min, max] = bounds[name];
    const value = settings[name];
    if (!Number.isInteger(value) || value < min || value > max) errors[`/${name}`] = "range";
  }
  if (settings.businessHours.some(({ from, to }) => from === "" || to === "" || from >= to)) errors["/businessHours"] = "hours";
  else if (overlap(settings.businessHours)) errors["/businessHours"] = "overlap";
  const days = settings.holidays.map(({ date }) => date);
  if (settings.holidays.some(({ date, name }) => date === "" || name.trim() === "")) errors["/holidays"] = "holidays";
  else if (new Set(days).size < days.length) errors["/holidays"] = "twice";
  if (settings.staffAddresses.some((range) => range.trim() !== "" && !RANGE.test(range.trim()))) errors["/staffAddresses"] = "addresses";
  return errors;
}

/** The settings as they are sent: trimmed, in order, without empty lines. */
export function tidied(settings: PracticeSettingsAnswer): PracticeSettingsAnswer {
  const { businessHours, holidays, staffAddresses, answerTimes } = settings;
  return {
    ...settings,
    name: settings.name.trim(),
    phone: settings.phone.trim(),
    emergencyText: settings.emergencyText.trim(),
    hoursText: settings.hoursText.trim(),
    afterHoursText: settings.afterHoursText.trim(),
    businessHours: businessHours.toSorted((a, b) => a.day - b.day || a.from.localeCompare(b.from)),
    holidays: holidays.map(({ date, name }) => ({ date, name: name.trim() })).toSorted((a, b) => a.date.localeCompare(b.date)),
    staffAddresses: staffAddresses.map((range) => range.trim()).filter(Boolean),
    answerTimes: Object.fromEntries(Object.entries(answerTimes).map(([category, text]) => [category, text.trim()]).filter(([, text]) => text)),
  };
}

import { screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Practice } from "@/api/types";
import { preferences, setPreference } from "@/theme/preferences";
import { ana } from "./fixtures";
import { lists, openPortal, signedIn } from "./portal";

const practice: Partial<Practice> = {
  accent: "teal", timeZone: "America/New_York",
  businessHours: [0, 1, 2, 3, 4].map((day) => ({ day, from: "08:00", to: "17:00" })),
  holidays: [{ date: "2026-11-26", name: "Thanksgiving" }],
};

afterEach(() => {
  vi.useRealTimers();
  if (preferences().language !== "en") setPreference("language", "en");
  localStorage.clear();
});

async function homeAt(time: string, path = "/riverside") {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date(time) });
  signedIn([ana]);
  lists(() => []);
  return openPortal(path, practice);
}

describe("a practice's hours", () => {
  it.each([
    ["2026-03-11T15:00:00Z", "Open now until 5:00 PM."],
    ["2026-03-07T15:00:00Z", "Closed. Opens Monday 8:00 AM."],
    ["2026-03-11T10:00:00Z", "Closed. Opens today 8:00 AM."],
    ["2026-11-26T15:00:00Z", "Closed today: Thanksgiving. Opens Friday 8:00 AM."],
  ])("stand on the first page at %s", async (time, words) => {
    await homeAt(time);
    expect((await screen.findByText(/^(Open now|Closed)/, { selector: "b" })).closest("p")).toHaveTextContent(words);
  });

  it.each(["/riverside/new", "/riverside/help"])("stand on %s too", async (path) => {
    await homeAt("2026-03-11T15:00:00Z", path);
    expect(await screen.findByText("Open now until 5:00 PM.")).toBeVisible();
  });

  it("are said in Spanish", async () => {
    await homeAt("2026-03-07T15:00:00Z");
    await screen.findByText("Closed.", { selector: "b" });
    setPreference("language", "es");
    expect((await screen.findByText("Cerrado.")).closest("p")).toHaveTextContent(/Abre el lunes a las 8:00/);
  });
});

it("colours the pages as the practice chose", async () => {
  await homeAt("2026-03-11T15:00:00Z");
  await screen.findByText("No messages yet");
  expect(document.documentElement.dataset["accent"]).toBe("teal");
});

import "../../words/work";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { setPreference, usePreferences } from "@/theme/preferences";
import { adminPagesFor } from "../../app/administration";
import { availableCommands } from "../../app/hotkeys";
import { useMay } from "../../app/session";
import { useSettled } from "../../app/useSettled";
import { hasInbox, patientSearchOptions, staffOptions } from "../../data/people";
import { recentOptions } from "../../data/search";
import { runSearch } from "../../data/searchState";
import { savedViewsOptions, viewKey } from "../../data/savedViews";
import { viewFacts, VIEWS } from "../../data/views";

export const GROUPS = ["selection", "thread", "go", "own", "saved", "patients", "people", "recent", "search"] as const;

export interface Runnable {
  id: string;
  group: (typeof GROUPS)[number];
  label: string;
  detail?: string;
  /** "Shift R", "g i". */
  keys: string;
  run: () => void;
}

const DENSITIES = ["comfortable", "compact", "table"] as const;
const THEMES = ["light", "dark", "system"] as const;
const LANGUAGES = [{ id: "en", name: "English" }, { id: "es", name: "Español" }] as const;

/** Fewer letters would name half of the practice. */
const LETTERS_FOR_PEOPLE = 2;

/** The search of a person's conversations; names and numbers with blanks are quoted. */
const named = (operator: string, name: string) => `${operator}"${name.replace(/"/g, "")}"`;

function useSearchHere(): (query: string) => void {
  const navigate = useNavigate();
  const { view = "open" } = useParams({ strict: false });
  return (query) => {
    runSearch(view, query);
    void navigate({ to: "/inbox/$view", params: { view } });
  };
}

/** The acts and places, whose keys stand beside them. */
function usePlaces(): Runnable[] {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  // Taken once: what stands behind the bar does not change while it is open.
  const [bound] = useState(availableCommands);
  const sees = may("list_threads");
  const { data: saved = [] } = useQuery({ ...savedViewsOptions(), enabled: sees });
  const acts = bound.map(({ key, ...command }): Runnable => ({ ...command, id: key || command.label, keys: key.replace("+", " ") }));
  const views = (sees ? VIEWS : []).map((view): Runnable => {
    const { goto } = viewFacts[view];
    return { id: view, label: t(`view.${view}`), group: "go", keys: goto ? `g ${goto}` : "", run: () => void navigate({ to: "/inbox/$view", params: { view } }) };
  });
  const page = (to: string, label: string, keys = ""): Runnable => ({ id: to, label, group: "go", keys, run: () => void navigate({ to }) });
  const pages = [
    ...(sees ? [page("/notifications", t("rail.notifications"), "g n")] : []),
    ...(may("use_canned") ? [page("/canned-responses", t("rail.canned"))] : []),
    ...(may("read_auto_replies") ? [page("/automatic-replies", t("rail.autoReplies"))] : []),
    ...(adminPagesFor(may).length > 0 ? [page("/settings", t("rail.settings"))] : []),
    page("/security", t("account.security")),
  ];
  const own = saved.map((view): Runnable => ({
    id: view.id, label: view.name, group: "saved", keys: "", run: () => void navigate({ to: "/inbox/$view", params: { view: viewKey(view) } }),
  }));
  return [...acts, ...views, ...pages, ...own];
}

/** How the app looks to oneself: rows, colours, language. */
function useOwnWays(): Runnable[] {
  const { t } = useTranslation();
  const { density, theme, language } = usePreferences();
  const way = (id: string, label: string, run: () => void): Runnable => ({ id, label, group: "own", keys: "", run });
  return [
    ...DENSITIES.filter((one) => one !== density).map((one) => way(one, t("commands.density", { name: t(`account.${one}`) }), () => setPreference("density", one))),
    ...THEMES.filter((one) => one !== theme).map((one) => way(one, t(`commands.theme.${one}`), () => setPreference("theme", one))),
    ...LANGUAGES.filter(({ id }) => id !== language).map(({ id, name }) => way(id, t("commands.language", { name }), () => setPreference("language", id))),
  ];
}

/** Whom the letters may mean: their conversations are searched for. */
function usePeople(wanted: string): Runnable[] {
  const { t } = useTranslation();
  const may = useMay();
  const search = useSearchHere();
  const settled = useSettled(wanted);
  const enough = settled.length >= LETTERS_FOR_PEOPLE;
  const { data: patients = [] } = useQuery({ ...patientSearchOptions(settled), enabled: enough && may("search_patients") && may("list_threads") });
  const { data: staff = [] } = useQuery({ ...staffOptions(), enabled: may("list_staff") });
  return [
    ...(enough ? patients : []).slice(0, 5).map((patient): Runnable => ({
      id: patient.id, label: patient.fullName, detail: t("mrn", { mrn: patient.mrn }), group: "patients", keys: "", run: () => search(/\s/.test(patient.mrn) ? named("", patient.mrn) : patient.mrn),
    })),
    ...(wanted.length >= LETTERS_FOR_PEOPLE ? staff.filter(hasInbox) : []).map((person): Runnable => ({
      id: person.id, label: person.fullName, detail: t("commands.assignedTo"), group: "people", keys: "", run: () => search(named("assigned:", person.fullName)),
    })),
  ];
}

/** Everything that the letters may mean, the open conversation first. */
export function useCommands(wanted: string): Runnable[] {
  const { t } = useTranslation();
  const sees = useMay()("list_threads");
  const search = useSearchHere();
  const { data: recent = [] } = useQuery({ ...recentOptions(), enabled: sees });
  const searches = recent.map(({ id, query }): Runnable => ({ id, label: query, group: "recent", keys: "", run: () => search(query) }));
  const places = usePlaces();
  const ways = useOwnWays();
  const people = usePeople(wanted);
  // What nothing else answers, the search may: it stands last, whatever the letters are.
  const asWords = sees && wanted ? [{ id: "search", label: t("commands.searchFor", { words: wanted }), group: "search", keys: "", run: () => search(wanted) } satisfies Runnable] : [];
  const letters = wanted.toLocaleLowerCase();
  const fits = ({ label, group }: Runnable) => group === "patients" || group === "search" || label.toLocaleLowerCase().includes(letters);
  return [...places, ...ways, ...people, ...searches, ...asWords].filter(fits).sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
}

import { useEffect, useState } from "react";
import { keptSearch, openedCard, openedTaken, searchTaken } from "./arrivals";

// Both read while rendering and forget after it: React may render a page twice before it stands.

/** The card that the reader opened before, to focus it once. */
export function useOpened(): string | null {
  const [opened] = useState(openedCard);
  useEffect(openedTaken, []);
  return opened;
}

/** What is searched: what was searched before the reader opened a message of it, to begin with. */
export function useSearch(): [string, (search: string) => void] {
  const state = useState(keptSearch);
  useEffect(searchTaken, []);
  return state;
}

import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { StaffSearchResults } from "@/api/types";
import { server } from "@/test/server";
import { mockGet } from "@/test/typed";
import { preferences, setPreference } from "@/theme/preferences";
import { renderApp } from "../../test/renderApp";

afterEach(() => setPreference("density", "comfortable"));

async function type(words: string) {
  const { user } = await renderApp({ path: "/inbox/open" });
  await screen.findByRole("row", { name: /Eyelid swelling/ });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox", { name: "Type a command, a view or a name" }), words);
  return user;
}

it("changes how dense the rows are", async () => {
  const user = await type("dens");
  expect(await screen.findByRole("option", { name: /Density: Compact rows/ })).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(preferences().density).toBe("compact"));
});

it("searches for what is no command", async () => {
  const asked: (string | null)[] = [];
  const user = await type("puffy");
  server.use(
    mockGet<StaffSearchResults>("/api/patient-messages/search", (request) => {
      asked.push(new URL(request.url).searchParams.get("q"));
      return { results: [], conversations: [], hasMoreConversations: false, conversationsCursor: null, pagination: { limit: 20, nextCursor: null, hasMore: false }, understood: { terms: [], filters: [], ignored: [] }, bodySearch: true };
    }),
  );
  expect(await screen.findByRole("option", { name: "Search for “puffy”" })).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked).toEqual(["puffy"]));
});

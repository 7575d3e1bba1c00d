import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { NotificationList } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, noContent } from "@/test/typed";
import { queryClient } from "../../app/session";
import { THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const MESSAGE = "00000000-0000-7000-8000-0000000000b1";
const page = (readAt: string | null): NotificationList => ({
  notifications: [{ id: "n1", kind: "mention", threadId: THREAD, messageId: MESSAGE, subject: "Eyelid swelling", patientName: "Ana Silva", byName: "Dr. Amara Okafor", at: "2026-03-12T09:42:00.000Z", readAt }],
  pagination: { limit: 30, nextCursor: null, hasMore: false },
  unread: { count: readAt ? 0 : 1, capped: false },
});

it("is reached by G N, says who mentioned one, and opens the note", async () => {
  const { user, router } = await renderApp({ path: "/inbox/open" });
  const marked: unknown[] = [];
  server.use(
    mockGet<NotificationList>("/api/notifications", () => page(marked.length > 0 ? "2026-03-12T10:00:00.000Z" : null)),
    mockPost<null>("/api/notifications/mark-read", async (request) => {
      marked.push(await request.json());
      return noContent();
    }),
  );
  await queryClient.invalidateQueries({ queryKey: ["notifications"] });
  expect(await screen.findByRole("link", { name: /Notifications 1 unread/ })).toBeInTheDocument();
  await user.keyboard("gn");
  await user.click(await screen.findByRole("link", { name: /Dr. Amara Okafor mentioned you in an internal note/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/open/${THREAD}`));
  expect(router.state.location.search).toEqual({ message: MESSAGE });
  expect(marked).toEqual([{ ids: ["n1"] }]);
});

import { render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { THREAD } from "../../test/fixtures";
import { clearDraft, noteAttempt, setDraftText } from "./drafts";
import { Outgoing } from "./Outgoing";

afterEach(() => clearDraft(THREAD, "reply"));

it("ticks a message once when the server has it: two ticks say that it was read", () => {
  setDraftText(THREAD, "reply", "Please call us.");
  noteAttempt(THREAD, "reply", { attempt: { key: "k1", body: { messageText: "Please call us." } }, sentId: "m9" });
  const { container } = render(<Outgoing threadId={THREAD} messages={[]} />);
  expect(container.querySelectorAll(".receipt .lucide-check")).toHaveLength(1);
  expect(container.querySelector(".receipt .lucide-check-check")).toBeNull();
});

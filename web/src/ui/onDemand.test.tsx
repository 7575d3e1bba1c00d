import { render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { onDemand } from "./onDemand";

const Part = ({ isOpen }: { isOpen: boolean }) => (isOpen ? <p>here</p> : null);

it("is fetched when it first opens, not before", async () => {
  const load = vi.fn(async () => Part);
  const Demanded = onDemand(load);
  const { rerender } = render(<Demanded isOpen={false} />);
  expect(load).not.toHaveBeenCalled();
  rerender(<Demanded isOpen />);
  expect(await screen.findByText("here")).toBeInTheDocument();
});

it("stands at once where it was fetched ahead", async () => {
  const load = vi.fn(async () => Part);
  const Demanded = onDemand(load);
  Demanded.preload();
  await vi.waitFor(() => expect(load).toHaveResolved());
  render(<Demanded isOpen />);
  expect(screen.getByText("here")).toBeInTheDocument();
  expect(load).toHaveBeenCalledOnce();
});

it("says that a download failed, and tries again at the next opening", async () => {
  const load = vi.fn(async () => Part).mockRejectedValueOnce(new Error("offline"));
  const onMissing = vi.fn();
  const Demanded = onDemand(load);
  const { rerender } = render(<Demanded isOpen onMissing={onMissing} />);
  await waitFor(() => expect(onMissing).toHaveBeenCalledOnce());
  rerender(<Demanded isOpen={false} onMissing={onMissing} />);
  rerender(<Demanded isOpen onMissing={onMissing} />);
  expect(await screen.findByText("here")).toBeInTheDocument();
  expect(onMissing).toHaveBeenCalledOnce();
});

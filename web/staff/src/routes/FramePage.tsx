import { Frame } from "../features/frame/Frame";
import { IdleWarning } from "../features/session/IdleWarning";

/** Everything that stands as long as somebody is signed in. */
export function FramePage() {
  return (
    <>
      <Frame />
      <IdleWarning />
    </>
  );
}

import { OpenAccount } from "../features/opening/OpenAccount";
import { DoorPage } from "../frame/DoorPage";

/** Opening an account by oneself. */
export default function ActivatePage() {
  return <DoorPage title="pageTitles.activate"><OpenAccount /></DoorPage>;
}

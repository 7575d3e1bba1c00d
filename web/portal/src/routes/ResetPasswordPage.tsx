import { AskReset } from "../features/forgotten/AskReset";
import { SetPassword } from "../features/forgotten/SetPassword";
import { DoorPage } from "../frame/DoorPage";
import { useLinkToken } from "../session/linkToken";

/** A forgotten password: asking for the link, or following it. */
export default function ResetPasswordPage() {
  const token = useLinkToken("/reset-password");
  return <DoorPage title="pageTitles.reset">{token ? <SetPassword key={token} token={token} /> : <AskReset />}</DoorPage>;
}

import { ConfirmEmail } from "../features/forgotten/ConfirmEmail";
import { DeadLink } from "../frame/DeadLink";
import { DoorPage } from "../frame/DoorPage";
import { useLinkToken } from "../session/linkToken";

/** A new e-mail, confirmed by the link in its mail. */
export default function ConfirmEmailPage() {
  const token = useLinkToken("/confirm-email");
  return (
    <DoorPage title="pageTitles.confirm">
      {token ? <ConfirmEmail key={token} token={token} /> : <DeadLink what="confirm" />}
    </DoorPage>
  );
}

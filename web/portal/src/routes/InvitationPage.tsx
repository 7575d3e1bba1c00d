import { Invitation } from "../features/invitation/Invitation";
import { DeadLink } from "../frame/DeadLink";
import { DoorPage } from "../frame/DoorPage";
import { useLinkToken } from "../session/linkToken";

/** An invitation from a mail. */
export default function InvitationPage() {
  const token = useLinkToken("/invitation");
  return (
    <DoorPage title="pageTitles.invitation">
      {token ? <Invitation key={token} token={token} /> : <DeadLink what="invitation" />}
    </DoorPage>
  );
}

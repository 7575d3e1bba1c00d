import { useQuery } from "@tanstack/react-query";
import { DeadLink } from "../../frame/DeadLink";
import { LinkState } from "../../frame/LinkState";
import { usePractice } from "../../practice/practices";
import { AcceptForm } from "./AcceptForm";
import { invitationQuery } from "./queries";

/** An invitation, for oneself or to help somebody. */
export function Invitation({ token }: { token: string }) {
  const { slug } = usePractice();
  const query = useQuery(invitationQuery(slug, token));
  return (
    <LinkState query={query} dead={<DeadLink what="invitation" />}>
      {(invitation) => <AcceptForm invitation={invitation} token={token} />}
    </LinkState>
  );
}

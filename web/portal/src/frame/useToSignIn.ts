import { useNavigate } from "@tanstack/react-router";
import { usePractice } from "../practice/practices";
import { handOver, type Handover } from "../session/handover";
import { dropLinkToken } from "../session/linkToken";

/** Goes on at the sign-in page, which is told what happened. Back does not lead to a page that has served. */
export function useToSignIn(): (handover: Handover) => void {
  const { slug } = usePractice();
  const navigate = useNavigate();
  return (handover) => {
    handOver(handover);
    dropLinkToken();
    void navigate({ to: "/$practice", params: { practice: slug }, search: { show: "all" }, replace: true });
  };
}

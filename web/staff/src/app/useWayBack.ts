import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { isView } from "../data/views";

/**
 * The way from a conversation back to where it was opened from, for its button and its key alike. A tab that opened
 * on the conversation itself has nothing of the app behind it: there it leads to the list that the address names.
 */
export function useWayBack(): () => void {
  const router = useRouter();
  const navigate = useNavigate();
  const { view = "" } = useParams({ strict: false });
  return () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: "/inbox/$view", params: { view: isView(view) ? view : "open" }, search: (old) => ({ ...old, message: undefined }), replace: true });
  };
}

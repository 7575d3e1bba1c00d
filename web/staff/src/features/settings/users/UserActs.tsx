import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StaffAccount } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { showToast } from "@/ui/toasts";
import { ConfirmDialog } from "../../../app/ConfirmDialog";
import { problemText } from "../../../app/problemText";
import { queryClient } from "../../../app/session";
import { endUserSessions, inviteUserAgain, removeUserFactors, sendUserPasswordReset, updateUser, userOptions } from "../../../data/admin/users";
import { Act } from "../parts";

type Asked = "deactivate" | "activate" | "endSessions" | "removeFactors";

/** Lets somebody in or keeps them out; a change by others in between is not in the way of it. */
async function setActive(user: StaffAccount, isActive: boolean): Promise<void> {
  try {
    await updateUser(user, { isActive });
  } catch (error) {
    if (!isProblem(error, "version_mismatch")) throw error;
    const newest = await queryClient.fetchQuery({ ...userOptions(user.id), staleTime: 0 });
    await updateUser(newest, { isActive });
  }
}

const done: Record<Asked, (user: StaffAccount) => Promise<unknown>> = {
  deactivate: (user) => setActive(user, false),
  activate: (user) => setActive(user, true),
  endSessions: ({ id }) => endUserSessions(id),
  removeFactors: ({ id }) => removeUserFactors(id),
};

/** What an administrator does about a colleague's signing in. */
export function UserActs({ user }: { user: StaffAccount }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const isActive = user.state === "active";
  const mail = async (act: (id: string) => Promise<void>) => {
    setFailure(null);
    try {
      await act(user.id);
      showToast(t("admin.mailSent"));
    } catch (error) {
      setFailure(error);
    }
  };
  const confirmed = async (act: Asked) => {
    await done[act](user);
    showToast(t(`admin.users.done.${act}`));
  };
  const act = (id: Asked | "invite" | "reset") => ({ title: t(`admin.users.act.${id}.title`), text: t(`admin.users.act.${id}.text`), label: t(`admin.users.act.${id}.label`) });
  return (
    <>
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <ul className="card-item acts-list">
        {user.state === "invited" && <Act {...act("invite")} onPress={() => void mail(inviteUserAgain)} />}
        {isActive && <Act {...act("reset")} onPress={() => void mail(sendUserPasswordReset)} />}
        {isActive && <Act {...act("endSessions")} onPress={() => setAsked("endSessions")} />}
        {user.hasSecondFactor && user.state !== "deactivated" && <Act {...act("removeFactors")} onPress={() => setAsked("removeFactors")} />}
        {user.state === "deactivated" ? <Act {...act("activate")} onPress={() => setAsked("activate")} /> : <Act {...act("deactivate")} onPress={() => setAsked("deactivate")} />}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t(`admin.users.ask.${asked}.title`, { name: user.fullName })} act={t(`admin.users.ask.${asked}.act`)}
          variant={asked === "activate" ? "primary" : "danger"} onConfirm={() => confirmed(asked)} onClose={() => setAsked(null)}
        >
          <p>{t(`admin.users.ask.${asked}.text`)}</p>
          {asked === "deactivate" && <p className="mt-2">{t("admin.users.ask.deactivate.threads")}</p>}
        </ConfirmDialog>
      )}
    </>
  );
}

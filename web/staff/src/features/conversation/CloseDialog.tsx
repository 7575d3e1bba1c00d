import { useState, type FormEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";

const FORM = "close-conversation";

/** Closes a conversation, with a reason where one helps the next reader. */
export function CloseDialog(props: { isOpen: boolean; onCancel: () => void; onClose: (reason: string) => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onClose(reason);
    setReason("");
  };
  // The key that sends a reply also takes this step; Enter does by itself.
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onCancel}
      title={t("closing.title")}
      footer={
        <>
          <Button variant="ghost" onPress={props.onCancel}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM}>{t("closing.submit")}</Button>
        </>
      }
    >
      <p className="muted">{t("closing.text")}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the field's own key, on its way up */}
      <form id={FORM} onSubmit={submit} onKeyDown={onKeyDown}>
        <TextField label={t("closing.reason")} value={reason} onChange={setReason} maxLength={200} autoFocus autoComplete="off" />
      </form>
    </Dialog>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Category, Team } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { CATEGORIES, codePoints } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { problemText } from "../../app/problemText";
import { hasInbox, staffOptions } from "../../data/people";
import { createTeam, updateTeam } from "../../data/settings";

const FORM = "team";
const NAME_LIMIT = 60;

const toggled = <T,>(chosen: T[], one: T, on: boolean) => (on ? [...chosen, one] : chosen.filter((other) => other !== one));

function Choices({ legend, hint, children }: { legend: string; hint: string; children: ReactNode }) {
  return (
    <fieldset className="choices-box">
      <legend className="field__label">{legend}</legend>
      <p className="field__hint">{hint}</p>
      <div>{children}</div>
    </fieldset>
  );
}

/** A team's name, its duty and its people. */
export function TeamForm({ team, onDone }: { team: Team | null; onDone: () => void }) {
  const { t } = useTranslation();
  const { data: staff = [] } = useQuery(staffOptions());
  const [name, setName] = useState(team?.name ?? "");
  const [categories, setCategories] = useState<Category[]>(team?.categories ?? []);
  const [memberIds, setMemberIds] = useState(team?.members.map(({ id }) => id) ?? []);
  // Who sees no conversations cannot work in a team; who is in one already can leave it.
  const eligible = staff.filter((member) => hasInbox(member) || memberIds.includes(member.id));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newIdempotencyKey);
  const length = codePoints(name.trim());
  const taken = isProblem(failure) && failure.fieldCode("/name") === "taken";
  const error = length === 0 ? t("field.required") : length > NAME_LIMIT ? t("field.tooLong", { limit: NAME_LIMIT }) : undefined;
  const rename = (next: string) => {
    setName(next);
    setFailure(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || error) return;
    setBusy(true);
    const input = { name: name.trim(), categories, memberIds };
    try {
      await (team ? updateTeam(team.id, input) : createTeam(input, key));
      onDone();
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onDone}
      title={t(team ? "teams.editTitle" : "teams.newTitle")}
      footer={
        <>
          <Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        {Boolean(failure) && !taken && <Banner tone="danger" live="alert"><b>{t("teams.notSaved")}</b> {problemText(t, failure)}</Banner>}
        <TextField label={t("teams.name")} value={name} onChange={rename} error={taken ? t("teams.taken") : tried ? error : undefined} autoFocus autoComplete="off" />
        <Choices legend={t("teams.duty")} hint={t("teams.dutyHint")}>
          {CATEGORIES.map((category) => (
            <Checkbox key={category} isSelected={categories.includes(category)} onChange={(on) => setCategories(toggled(categories, category, on))}>
              <CategoryBadge category={category} />
            </Checkbox>
          ))}
        </Choices>
        <Choices legend={t("teams.members")} hint={t("teams.membersHint")}>
          {eligible.map(({ id, fullName, title }) => (
            <Checkbox key={id} isSelected={memberIds.includes(id)} onChange={(on) => setMemberIds(toggled(memberIds, id, on))}>
              {title ? `${fullName}, ${title}` : fullName}
            </Checkbox>
          ))}
        </Choices>
      </form>
    </Dialog>
  );
}

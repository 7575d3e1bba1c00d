import { useQuery } from "@tanstack/react-query";
import { KeyRound, ShieldAlert, Smartphone } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Factor, Factors, NewTotp } from "@/api/types";
import { fullDateTime, shortDate } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { useAttempt } from "../../app/useAttempt";
import { beginTotp, factorsOptions } from "../../data/account";
import { hasPasskeys } from "@/api/passkeys";
import { AttemptProblem } from "../second-factor/AttemptProblem";
import { AddPasskeyDialog, AddTotpDialog } from "./AddFactorDialogs";
import { RemoveFactorDialog, RenameFactorDialog } from "./FactorDialogs";
import { Answer, Section } from "./Section";

const MOST = { totp: 1, passkey: 10 };
const ICONS = { totp: Smartphone, passkey: KeyRound };

type Open = { kind: "passkey" } | { kind: "totp"; setup: NewTotp } | { kind: "rename" | "remove"; factor: Factor };

interface FactorRowProps {
  factor: Factor;
  /** The practice demands one, and this is the only one. */
  isLast: boolean;
  onOpen: (open: Open) => void;
}

function FactorRow({ factor, isLast, onOpen }: FactorRowProps) {
  const { t, i18n } = useTranslation();
  const whyId = useId();
  const { name, kind, createdAt, lastUsedAt } = factor;
  return (
    <li className="card-item">
      <div className="thing">
        <Icon icon={ICONS[kind]} size="lg" />
        <div className="thing__body">
          <h3>{name}</h3>
          <p className="thing__facts">
            {name !== t(`factor.kind.${kind}`) && <span>{t(`factor.kind.${kind}`)}</span>}
            <span>{t("factor.added", { date: shortDate(createdAt, i18n.language) })}</span>
            <span title={lastUsedAt ? fullDateTime(lastUsedAt, i18n.language) : undefined}>{lastUsedAt ? t("factor.used", { date: shortDate(lastUsedAt, i18n.language) }) : t("factor.neverUsed")}</span>
          </p>
          {isLast && <p className="faint" id={whyId}>{t("factor.last")}</p>}
        </div>
        <div className="thing__acts">
          <Button variant="ghost" size="sm" aria-label={t("factor.renameNamed", { name })} onPress={() => onOpen({ kind: "rename", factor })}>{t("factor.rename")}</Button>
          <Button variant="ghost" size="sm" aria-label={t("factor.removeNamed", { name })} unavailable={isLast} aria-describedby={isLast ? whyId : undefined} onPress={() => onOpen({ kind: "remove", factor })}>{t("factor.remove")}</Button>
        </div>
      </div>
    </li>
  );
}

function Factors({ factors, demanded, onOpen }: Factors & { onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const count = (kind: Factor["kind"]) => factors.filter((factor) => factor.kind === kind).length;
  const begin = () => attempt.run(async () => onOpen({ kind: "totp", setup: await beginTotp(t("factor.kind.totp")) }));
  return (
    <>
      {factors.length === 0 ? (
        <EmptyState icon={ShieldAlert} title={t("factor.none")}>{t("factor.noneText")}</EmptyState>
      ) : (
        <ul className="card-list">
          {factors.map((factor) => <FactorRow key={factor.id} factor={factor} isLast={demanded && factors.length === 1} onOpen={onOpen} />)}
        </ul>
      )}
      <AttemptProblem attempt={attempt} />
      <div className="acts-row">
        {count("totp") < MOST.totp && <Button icon={Smartphone} unavailable={attempt.busy || attempt.wait > 0} onPress={() => void begin()}>{t("factor.addTotp")}</Button>}
        {hasPasskeys() && count("passkey") < MOST.passkey && <Button icon={KeyRound} onPress={() => onOpen({ kind: "passkey" })}>{t("factor.addPasskey")}</Button>}
      </div>
      {count("passkey") >= MOST.passkey && <p className="faint">{t("factor.most", { count: MOST.passkey })}</p>}
    </>
  );
}

/** What confirms a sign-in besides the password. */
export function FactorsSection({ onLonger }: { onLonger: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(factorsOptions());
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title={t("factor.section")} text={t("factor.sectionText")} isAsking={open !== null}>
      <Answer query={query}>{(factors) => <Factors {...factors} onOpen={setOpen} />}</Answer>
      {open?.kind === "totp" && <AddTotpDialog setup={open.setup} onClose={close} />}
      {open?.kind === "passkey" && <AddPasskeyDialog onClose={close} />}
      {open?.kind === "rename" && <RenameFactorDialog factor={open.factor} onClose={close} />}
      {open?.kind === "remove" && <RemoveFactorDialog factor={open.factor} onClose={close} onLonger={onLonger} />}
    </Section>
  );
}

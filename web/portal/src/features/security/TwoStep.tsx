import { useQuery } from "@tanstack/react-query";
import { Fingerprint, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { Factor, Factors } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";
import { ConfirmDialog } from "../../frame/ConfirmDialog";
import { Loaded } from "../../frame/Loaded";
import { cardTime } from "../../frame/times";
import { AddApp } from "./AddApp";
import { AddFactor } from "./AddFactor";
import { AddPasskey } from "./AddPasskey";
import { factorsQuery, newRecoveryCodes, removeFactor, useAccountChanged } from "./queries";
import { RecoveryCodes } from "./RecoveryCodes";

type Adding = "app" | "passkey" | null;

/** A second proof besides the password: what there is, and what may be added. */
export function TwoStep({ onLonger }: { onLonger: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(factorsQuery);
  return (
    <section className="card stack">
      <h2>{t("twoStep.heading")}</h2>
      <Loaded query={query}>{(factors) => <Steps factors={factors} onLonger={onLonger} />}</Loaded>
    </section>
  );
}

function Steps({ factors: { factors, recoveryCodesLeft, demanded }, onLonger }: { factors: Factors; onLonger: () => void }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const [adding, setAdding] = useState<Adding>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const isOn = factors.length > 0;
  const added = (fresh: string[] | null) => {
    setAdding(null);
    setCodes(fresh);
    void changed();
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  if (adding === "app") return <AddApp onAdded={added} onCancel={() => setAdding(null)} />;
  if (adding === "passkey") return <AddPasskey onAdded={added} onCancel={() => setAdding(null)} />;
  return (
    <>
      <p className={isOn ? undefined : "muted"}>{t(isOn ? "twoStep.on" : "twoStep.off")}</p>
      {isOn && (
        <ul className="rows">
          {factors.map((factor) => <FactorRow key={factor.id} factor={factor} last={factors.length === 1} demanded={demanded} onLonger={onLonger} />)}
        </ul>
      )}
      {isOn && <CodesLeft left={recoveryCodesLeft} onFresh={added} />}
      <AddFactor hasApp={factors.some(({ kind }) => kind === "totp")} onAdd={setAdding} />
    </>
  );
}

interface FactorRowProps {
  factor: Factor;
  last: boolean;
  demanded: boolean;
  /** The password is too short to stand alone: a longer one comes first. */
  onLonger: () => void;
}

function FactorRow({ factor, last, demanded, onLonger }: FactorRowProps) {
  const { t, i18n } = useTranslation();
  const changed = useAccountChanged();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    try {
      await removeFactor(factor.id);
      await changed();
    } catch (error) {
      if (!isProblem(error, "password_too_short")) throw error;
      onLonger();
    }
  };
  const used = factor.lastUsedAt ? t("twoStep.used", { when: cardTime(factor.lastUsedAt, i18n.language, t) }) : t("twoStep.neverUsed");
  return (
    <li>
      <Icon icon={factor.kind === "totp" ? Smartphone : Fingerprint} size="lg" />
      <span><b>{factor.name}</b><small>{t(`twoStep.kind.${factor.kind}`)}. {used}</small></span>
      {!(last && demanded) && (
        <Act variant="secondary" size="sm" aria-label={t("twoStep.removeNamed", { name: factor.name })} onClick={() => setAsking(true)}>{t("twoStep.remove")}</Act>
      )}
      {asking && (
        <ConfirmDialog
          title={t("twoStep.removeHeading", { name: factor.name })} submit={t("twoStep.remove")} danger known={{ last_factor: "twoStep.lastFactor" }}
          onClose={() => setAsking(false)}
          onConfirm={remove}
        >
          {t(last ? "twoStep.removeLast" : "twoStep.removeOne")}
        </ConfirmDialog>
      )}
    </li>
  );
}

function CodesLeft({ left, onFresh }: { left: number; onFresh: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <div className="codes-left">
      <p><b>{t("recovery.heading")}</b> {t(left === 0 ? "recovery.none" : "recovery.left", { count: left })}</p>
      <Act variant="secondary" size="sm" onClick={() => setAsking(true)}>{t("recovery.fresh")}</Act>
      {asking && (
        <ConfirmDialog
          title={t("recovery.freshHeading")} submit={t("recovery.fresh")} onClose={() => setAsking(false)}
          onConfirm={async () => onFresh((await newRecoveryCodes()).recoveryCodes)}
        >
          {t("recovery.freshText")}
        </ConfirmDialog>
      )}
    </div>
  );
}

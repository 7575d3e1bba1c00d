import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { factorsOptions, makeRecoveryCodes } from "../../data/account";
import { CodesDialog } from "./CodesDialog";
import { ConfirmDialog } from "./ConfirmDialog";
import { Section } from "./Section";

/** So few are left that one should think of new ones. */
const FEW = 3;

/** How many codes are left for the day on which phone or key are lost. Nothing where no factor could be lost. */
export function RecoverySection() {
  const { t } = useTranslation();
  const { data } = useQuery(factorsOptions());
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (!data || data.factors.length === 0) return null;
  const left = data.recoveryCodesLeft;
  return (
    <Section title={t("codes.title")} text={t("codes.sectionText")} act={<Button onPress={() => setAsking(true)}>{t("codes.makeNew")}</Button>}>
      <Banner tone={left < FEW ? "danger" : "quiet"}>
        {left === 0 ? t("codes.noneLeft") : t("codes.left", { count: left })}
        {left > 0 && left < FEW && `. ${t("codes.few")}`}
      </Banner>
      {asking && (
        <ConfirmDialog title={t("codes.makeTitle")} text={t("codes.makeText")} act={t("codes.make")} onAct={async () => setCodes(await makeRecoveryCodes())} onClose={() => setAsking(false)} />
      )}
      {codes && !asking && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}

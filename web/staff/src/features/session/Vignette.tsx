import { CheckCheck, Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { KeyText } from "../frame/KeyText";

const RINGS = Array.from({ length: 11 }, (_, index) => ({ r: 110 + index * 28, opacity: 0.95 - index * 0.085 }));

/** The page's ornament. */
export function Rings() {
  return (
    <svg className="sign__rings" viewBox="0 0 720 900" fill="none" stroke="var(--c-accent-border)" strokeWidth="1.25" aria-hidden="true" preserveAspectRatio="xMaxYMin slice">
      {RINGS.map(({ r, opacity }) => (
        <circle key={r} cx="720" cy="0" r={r} opacity={opacity} />
      ))}
    </svg>
  );
}

/** Teaches the three kinds of entry before the first sign-in: patient, note, reply. */
export function Vignette() {
  const { t } = useTranslation();
  return (
    <div className="sign__story">
      <div className="vignette" aria-hidden="true">
        <div className="bubble">{t("vignette.patient")}</div>
        <div className="note">
          <div className="note__label">
            <Icon icon={Lock} />
            {t("note.label")}
          </div>
          <div className="note__body">
            <span className="mention">@Dr. Amara Okafor</span> {t("vignette.note")}
          </div>
        </div>
        <div className="bubble own">{t("vignette.reply")}</div>
        <span className="receipt receipt--read">
          <Icon icon={CheckCheck} />
          {t("vignette.read")}
        </span>
      </div>
      <div>
        <p className="sign__claim">{t("vignette.claim")}</p>
        <p className="muted">
          <KeyText text={t("vignette.text")} />
        </p>
      </div>
    </div>
  );
}

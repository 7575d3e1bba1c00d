import { Trans } from "react-i18next";
import { emergencyNumber, telephoneUri, usePractice } from "./practices";

/** A sentence in which the practice's number can be called. */
export function PhoneSentence({ i18nKey, values }: { i18nKey: string; values?: Record<string, string> }) {
  const practice = usePractice();
  const { phone } = practice;
  return (
    <Trans
      i18nKey={i18nKey}
      values={{ ...values, phone, number: emergencyNumber(practice) }}
      // The sentence itself puts the number into the link.
      // eslint-disable-next-line jsx-a11y/anchor-has-content
      components={{ phone: <a href={telephoneUri(phone)} /> }}
    />
  );
}

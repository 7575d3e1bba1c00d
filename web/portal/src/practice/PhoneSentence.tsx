import { Trans } from "react-i18next";
import { telephoneUri, usePractice } from "./practices";

/** A sentence in which the practice's number can be called. */
export function PhoneSentence({ i18nKey }: { i18nKey: string }) {
  const { phone } = usePractice();
  return (
    <Trans
      i18nKey={i18nKey}
      values={{ phone }}
      // The sentence itself puts the number into the link.
      // eslint-disable-next-line jsx-a11y/anchor-has-content
      components={{ phone: <a href={telephoneUri(phone)} /> }}
    />
  );
}

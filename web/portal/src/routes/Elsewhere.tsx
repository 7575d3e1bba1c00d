import { Link } from "@tanstack/react-router";
import { useT } from "@/i18n/useT";
import { Banner } from "@/ui/Banner";
import { SignIn } from "../features/signin/SignIn";
import { PracticePage } from "../frame/PracticePage";
import { usePractice } from "../practice/practices";
import { UrgentNotice } from "../practice/UrgentNotice";

/** One browser holds one session: at another practice the reader may go there, or sign in here instead. */
export default function Elsewhere({ name, slug }: { name: string; slug: string }) {
  const { t } = useT();
  const practice = usePractice();
  return (
    <PracticePage>
      <SignIn
        practice={practice} reason="none" urgent={<UrgentNotice brief />}
        notice={
          <Banner
            tone="info"
            end={<Link className="btn btn--secondary btn--sm" to="/$practice" params={{ practice: slug }} search={{ show: "all" }}>{t("signIn.elsewhereOpen")}</Link>}
          >
            {t("signIn.elsewhere", { practice: name })}
          </Banner>
        }
      />
    </PracticePage>
  );
}

import { Focus, Images, Ruler, Sun } from "lucide-react";
import { useWords } from "@/attachments/words";
import { Icon } from "@/ui/Icon";

/** How a photo turns out well enough to judge a skin by. */
export function PhotoTips() {
  const { words } = useWords();
  return (
    <section className="card">
      <h2>{words("tips.heading")}</h2>
      <ul>
        <li><Icon icon={Sun} />{words("tips.light")}</li>
        <li><Icon icon={Focus} />{words("tips.near")}</li>
        <li><Icon icon={Ruler} />{words("tips.coin")}</li>
        <li><Icon icon={Images} />{words("tips.two")}</li>
      </ul>
    </section>
  );
}

import "../../words/later";
import { useTranslation } from "react-i18next";
import { setPreference, usePreferences } from "@/theme/preferences";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { closeKeys } from "./keysDialog";

const GROUPS = {
  go: [["Ctrl K", "commands"], ["?", "all"], ["/", "search"], ["J", "next"], ["K", "previous"], ["Esc", "back"], ["C", "new"], ["G I", "goOpen"], ["G M", "goMine"], ["G T", "goTeam"], ["G U", "goUnassigned"]],
  write: [["R", "reply"], ["N", "note"], ["Ctrl ↵", "send"], ["Alt ↵", "saveNote"], ["/", "canned"], ["Tab", "nextBlank"], ["Esc", "leave"]],
  act: [["I", "assignMe"], ["A", "assign"], ["S", "status"], ["P", "priority"], ["L", "category"], ["Shift R", "askProvider"], ["U", "markUnread"], ["E", "close"], ["Shift E", "reopen"]],
} as const;

/** All keys, and the switch that turns single ones off. */
export default function KeysDialog() {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  return (
    <Dialog isOpen onClose={closeKeys} title={t("keys.title")} footer={<Button onPress={closeKeys}>{t("close")}</Button>}>
      <Checkbox isSelected={shortcuts === "on"} onChange={(on) => setPreference("shortcuts", on ? "on" : "off")}>
        {t("keys.single")}
      </Checkbox>
      {Object.entries(GROUPS).map(([group, keys]) => (
        <section key={group}>
          <h3 className="keys__title">{t(`keys.${group}`)}</h3>
          <dl className="keys">
            {keys.map(([key, name]) => (
              <div key={name}>
                <dt>{t(`keys.${name}`)}</dt>
                <dd>{key.split(" ").map((part) => <kbd key={part}>{part}</kbd>)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

import "../../words/work";
import { useTranslation } from "react-i18next";
import { setPreference, usePreferences } from "@/theme/preferences";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";

const GROUPS = {
  go: [["Ctrl K", "commands"], ["?", "all"], ["/", "search"], ["J", "next"], ["K", "previous"], ["↵", "open"], ["Esc", "back"], ["F", "filter"], ["C", "new"], ["G I", "goOpen"], ["G M", "goMine"], ["G T", "goTeam"], ["G U", "goUnassigned"], ["G S", "goStarred"], ["G A", "goAll"], ["G N", "goNotifications"]],
  write: [["R", "reply"], ["N", "note"], ["Ctrl ↵", "send"], ["Alt ↵", "saveNote"], ["@", "mention"], ["/", "canned"], ["Tab", "nextBlank"], ["Esc", "leave"]],
  act: [["I", "assignMe"], ["A", "assign"], ["S", "status"], ["P", "priority"], ["L", "category"], ["Shift R", "askProvider"], ["U", "markUnread"], ["Shift S", "star"], ["E", "close"], ["Shift E", "reopen"], ["Z", "undo"]],
  select: [["X", "select"], ["Shift J", "selectNext"], ["Shift K", "selectPrevious"], ["Shift", "selectRange"], ["Esc", "selectNone"]],
} as const;

/** All keys, and the switch that turns single ones off. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  return (
    <Dialog isOpen onClose={onClose} title={t("keys.title")} className="keys-sheet" footer={<Button onPress={onClose}>{t("close")}</Button>}>
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
          {group === "select" && <p className="muted">{t("keys.selectionActs")}</p>}
        </section>
      ))}
    </Dialog>
  );
}

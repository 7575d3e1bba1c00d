import "../../words/admin";
import "./versions.css";
import { useQuery } from "@tanstack/react-query";
import { CloudOff, RotateCw, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CannedResponse, CannedResponseVersion } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { fullDateTime } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Drawer } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toasts";
import { ConfirmDialog } from "../../app/ConfirmDialog";
import { cannedVersionsOptions, updateCanned } from "../../data/canned";
import { difference } from "./difference";

/** A text with what was added and removed since an older one, marked for eyes and named for readers. */
function Marked({ older, newer }: { older: string; newer: string }) {
  const { t } = useTranslation();
  return difference(older, newer).map(({ text, kind }, at) => {
    if (kind === "kept") return text;
    const Mark = kind === "added" ? "ins" : "del";
    return (
      <Mark key={at}>
        <span className="visually-hidden">{` [${t(`admin.versions.${kind}`)}: `}</span>
        {text}
        <span className="visually-hidden">{"] "}</span>
      </Mark>
    );
  });
}

interface VersionProps {
  version: CannedResponseVersion;
  older?: CannedResponseVersion;
  isCurrent: boolean;
  onUse: () => void;
}

function Version({ version, older, isCurrent, onUse }: VersionProps) {
  const { t, i18n } = useTranslation();
  const { title, category, responseText, writtenAt, writtenByName } = version;
  return (
    <li className="version">
      <h3>{t("admin.versions.number", { number: version.version })}{isCurrent && <span className="badge">{t("admin.versions.current")}</span>}</h3>
      <p className="faint">{t("admin.versions.by", { name: writtenByName ?? t("admin.versions.somebody"), at: fullDateTime(writtenAt, i18n.language) })}</p>
      <p className="version__title"><Marked older={older?.title ?? title} newer={title} /></p>
      <p className="version__category">
        {older && older.category !== category && <><del><CategoryBadge category={older.category} /></del> → </>}
        <CategoryBadge category={category} />
      </p>
      <p className="whitespace-pre-wrap"><Marked older={older?.responseText ?? responseText} newer={responseText} /></p>
      {!isCurrent && <Button size="sm" className="justify-self-start" aria-label={t("admin.versions.useNamed", { number: version.version })} onPress={onUse}>{t("admin.versions.use")}</Button>}
    </li>
  );
}

/** Every text that a canned response has had, with who wrote it and what changed. */
export default function VersionsDrawer({ response, onClose }: { response: CannedResponse; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, isError, refetch } = useQuery(cannedVersionsOptions(response.id));
  const [using, setUsing] = useState<CannedResponseVersion | null>(null);
  const takeBack = async ({ title, category, responseText }: CannedResponseVersion) => {
    await updateCanned(response.id, { title, category, responseText });
    showToast(t("admin.versions.used"));
  };
  return (
    <Drawer isOpen onClose={onClose} label={t("admin.versions.title", { title: response.title })}>
      <div className="versions">
        <div className="versions__head">
          <h2 className="grow">{t("admin.versions.title", { title: response.title })}</h2>
          <IconButton icon={X} label={t("close")} onPress={onClose} />
        </div>
        {isError && !data ? (
          <EmptyState icon={CloudOff} tone="danger" title={t("list.failed")} action={<Button icon={RotateCw} onPress={() => void refetch()}>{t("tryAgain")}</Button>} />
        ) : !data ? (
          <Skeleton label={t("list.loading")}><div className="versions__bones"><Bone className="w-7/12" /><Bone className="w-10/12" /><Bone className="w-5/12" /></div></Skeleton>
        ) : (
          <ol>
            {data.map((version, at) => <Version key={version.version} version={version} older={data[at + 1]} isCurrent={at === 0} onUse={() => setUsing(version)} />)}
          </ol>
        )}
      </div>
      {using && (
        <ConfirmDialog title={t("admin.versions.useTitle", { number: using.version })} act={t("admin.versions.use")} variant="primary" onConfirm={() => takeBack(using)} onClose={() => setUsing(null)}>
          {t("admin.versions.useText")}
        </ConfirmDialog>
      )}
    </Drawer>
  );
}

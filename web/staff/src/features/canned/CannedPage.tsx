import "../../words/later";
import { useQuery } from "@tanstack/react-query";
import { Ban, CloudOff, MessageSquareQuote, Plus, RotateCw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CannedResponse } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { shortDate } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { SearchField } from "@/ui/SearchField";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { ConfirmDialog } from "../../app/ConfirmDialog";
import { useMay } from "../../app/session";
import { useTitle } from "../../app/useTitle";
import { cannedOptions, removeCanned } from "../../data/canned";
import { CannedForm } from "./CannedForm";

const VersionsDrawer = lazy(() => import("./VersionsDrawer"));

function Item({ response, mayManage, onEdit, onVersions, onRemove }: { response: CannedResponse; mayManage: boolean; onEdit: () => void; onVersions: () => void; onRemove: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <li className="card-item">
      <div className="card-item__head">
        <h2>{response.title}</h2>
        <CategoryBadge category={response.category} />
      </div>
      <p className="whitespace-pre-wrap">{response.responseText}</p>
      <div className="card-item__foot">
        <span className="faint">{t("canned.changed", { date: shortDate(response.updatedAt, i18n.language) })}</span>
        {mayManage && (
          <span>
            <Button variant="ghost" size="sm" aria-label={t("canned.editNamed", { title: response.title })} onPress={onEdit}>{t("canned.edit")}</Button>
            <Button variant="ghost" size="sm" aria-label={t("canned.versionsNamed", { title: response.title })} onPress={onVersions}>{t("canned.versions")}</Button>
            <Button variant="ghost" size="sm" aria-label={t("canned.removeNamed", { title: response.title })} onPress={onRemove}>{t("canned.remove")}</Button>
          </span>
        )}
      </div>
    </li>
  );
}

/** Every canned response; those who may, write, correct and retire them. */
export function CannedPage() {
  const { t } = useTranslation();
  const may = useMay();
  const mayManage = may("manage_canned");
  const mayUse = may("use_canned");
  const { data, isError, refetch } = useQuery({ ...cannedOptions(), enabled: mayUse });
  const [search, setSearch] = useState("");
  const [editing, setEditing] = useState<CannedResponse | "new" | null>(null);
  const [looking, setLooking] = useState<CannedResponse | null>(null);
  const [removing, setRemoving] = useState<CannedResponse | null>(null);
  useTitle(t("rail.canned"));
  const wanted = search.trim().toLocaleLowerCase();
  const shown = data?.filter(({ title, responseText }) => `${title} ${responseText}`.toLocaleLowerCase().includes(wanted));
  return (
    <main className="page-pane" id="thread" tabIndex={-1}>
      <div className="pane-bar">
        <h1 className="grow">{t("rail.canned")}</h1>
        {mayManage && <Button variant="primary" icon={Plus} onPress={() => setEditing("new")}>{t("canned.new")}</Button>}
      </div>
      <div className="page-body">
        {mayUse && <SearchField label={t("picker.search")} placeholder={t("picker.search")} clearLabel={t("list.clearSearch")} value={search} onChange={setSearch} />}
        {!mayUse ? (
          <EmptyState icon={Ban} headingLevel={2} title={t("notAllowed")} />
        ) : isError && !data ? (
          <EmptyState icon={CloudOff} tone="danger" title={t("list.failed")} action={<Button variant="primary" icon={RotateCw} onPress={() => void refetch()}>{t("tryAgain")}</Button>} />
        ) : !shown ? (
          <Skeleton label={t("list.loading")}><Bone className="w-7/12" /></Skeleton>
        ) : shown.length === 0 ? (
          <EmptyState icon={MessageSquareQuote} title={t(data?.length ? "picker.none" : "canned.empty")}>{!data?.length && t("canned.emptyText")}</EmptyState>
        ) : (
          <ul className="card-list">
            {shown.map((response) => (
              <Item key={response.id} response={response} mayManage={mayManage} onEdit={() => setEditing(response)} onVersions={() => setLooking(response)} onRemove={() => setRemoving(response)} />
            ))}
          </ul>
        )}
      </div>
      {editing && <CannedForm response={editing === "new" ? null : editing} onDone={() => setEditing(null)} />}
      {looking && <Suspense><VersionsDrawer response={looking} onClose={() => setLooking(null)} /></Suspense>}
      {removing && (
        <ConfirmDialog title={t("canned.removeTitle", { title: removing.title })} act={t("canned.remove")} onConfirm={() => removeCanned(removing.id)} onClose={() => setRemoving(null)}>
          {t("canned.removeText")}
        </ConfirmDialog>
      )}
    </main>
  );
}

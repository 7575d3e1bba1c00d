import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { DatedPicture } from "@/attachments/Compare";
import { useViewer } from "@/attachments/context";
import { PictureButton } from "@/attachments/MessageFiles";
import { isPicture } from "@/attachments/rules";
import { useWords } from "@/attachments/words";
import { daysAgo, fullDateTime, shortDate } from "@/i18n/dates";
import { attachments } from "../../data/attachments";
import { messagesOf, threadOptions } from "../../data/threads";

const Compare = lazy(async () => ({ default: (await import("@/attachments/Compare")).Compare }));

const SHOWN_AT_FIRST = 6;

interface Photo extends DatedPicture {
  byPatient: boolean;
}

/** Every photo of a conversation, oldest first. Asked again when the files on the screen change, not by the clock. */
function usePhotos(threadId: string): { photos: Photo[]; failed: boolean } {
  const { words, language } = useWords();
  const { data: known } = useInfiniteQuery({
    ...threadOptions(threadId),
    select: (data) => {
      const files = messagesOf(data).flatMap((message) => message.attachments).map(({ id, state }) => `${id} ${state}`).join();
      return files || (data.pages.at(-1)?.pagination.hasMore ? "older" : "");
    },
  });
  const { data = [], isError } = useQuery({
    queryKey: ["attachments", threadId, known],
    queryFn: ({ signal }) => attachments.calls.ofThread(threadId, signal),
    enabled: Boolean(known),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const photos = data
    .filter(({ mimeType, state }) => isPicture(mimeType) && state === "available")
    .map(({ id, filename, fileSize, sentAt, senderType }) => ({
      id, filename, fileSize, sentAt, byPatient: senderType === "patient",
      when: senderType === "patient" ? fullDateTime(sentAt, language) : words("photos.staff", { date: fullDateTime(sentAt, language) }),
    }));
  return { photos, failed: isError };
}

/** The conversation's photos by date, newest first, and the way to lay two of them side by side. */
export function PatientPhotos({ threadId }: { threadId: string }) {
  const { words, language } = useWords();
  const { photos, failed } = usePhotos(threadId);
  const open = useViewer();
  const [all, setAll] = useState(false);
  const [comparing, setComparing] = useState(false);
  if (photos.length === 0 && !failed) return null;
  const newestFirst = [...photos].reverse();
  // What has changed shows best between the patient's first photo and the last one.
  const byPatient = photos.filter((photo) => photo.byPatient);
  const pair = byPatient.length > 1 ? byPatient : photos;
  const shown = all ? newestFirst : newestFirst.slice(0, SHOWN_AT_FIRST);
  const dateOf = (photo: Photo) => {
    const date = daysAgo(photo.sentAt) === 0 ? words("photos.today") : shortDate(photo.sentAt, language);
    return photo.byPatient ? date : words("photos.staff", { date });
  };
  return (
    <section className="panel__sec" aria-labelledby="patient-photos">
      <div className="panel__head">
        <h3 id="patient-photos">{words("photos.title")}</h3>
        {photos.length > 1 && <button type="button" className="link-button" onClick={() => setComparing(true)}>{words("photos.compare")}</button>}
      </div>
      {failed && <p className="faint">{words("photos.failed")}</p>}
      <ul className="photos">
        {shown.map((photo) => (
          <li key={photo.id}>
            <figure>
              <PictureButton picture={photo} onOpen={() => open(photos, photo.id)} />
              <figcaption title={photo.when}>{dateOf(photo)}</figcaption>
            </figure>
          </li>
        ))}
      </ul>
      {!all && newestFirst.length > SHOWN_AT_FIRST && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>{words("photos.all", { count: newestFirst.length })}</button>
      )}
      {comparing && (
        <Suspense>
          <Compare pictures={photos} firstId={pair.at(0)?.id} secondId={pair.at(-1)?.id} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </section>
  );
}

import { Camera, Paperclip } from "lucide-react";
import { ChooseFiles, hasCameraAtHand } from "@/attachments/ChooseFiles";
import { useWords } from "@/attachments/words";
import { IconButton } from "@/ui/IconButton";
import type { Mode } from "./drafts";

/** The ways to add files to a draft. In a note each of them says that the patient does not see what it adds. */
export function AttachTools({ files, mode }: { files: string; mode: Mode }) {
  const { words } = useWords();
  const note = mode === "note";
  return (
    <ChooseFiles name={files}>
      {(choose) => (
        <>
          <IconButton icon={Paperclip} label={words(note ? "attachNote" : "attach")} onPress={choose.files} data-attach={mode} />
          {hasCameraAtHand() && <IconButton icon={Camera} label={words(note ? "cameraNote" : "camera")} onPress={choose.camera} />}
        </>
      )}
    </ChooseFiles>
  );
}

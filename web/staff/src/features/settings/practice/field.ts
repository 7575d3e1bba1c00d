import type { PracticeSettingsAnswer } from "@/api/types";
import type { Pointer } from "./checks";

/** What each part of the form works on. */
export interface PartProps {
  draft: PracticeSettingsAnswer;
  change: (part: Partial<PracticeSettingsAnswer>) => void;
  /** What is wrong with a field, in words. */
  error: (pointer: Pointer) => string | undefined;
}

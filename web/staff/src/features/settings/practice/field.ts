import type { PracticeSettings } from "@/api/accountTypes.admin";
import type { Pointer } from "./checks";

/** What each part of the form works on. */
export interface PartProps {
  draft: PracticeSettings;
  change: (part: Partial<PracticeSettings>) => void;
  /** What is wrong with a field, in words. */
  error: (pointer: Pointer) => string | undefined;
}

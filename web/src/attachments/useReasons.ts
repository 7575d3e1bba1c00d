import { useLimits } from "./hooks";
import { fileSize, kindNames, type RefusalCode } from "./rules";
import { useWords } from "./words";

const FAILURES = ["network", "quota_exceeded", "dependency_unavailable", "not_checked", "gone"];
/** Codes for which another one has the words. */
const SAME: Record<string, string> = { request_timeout: "network", rate_limited: "dependency_unavailable" };

/** Why files are refused and why uploads fail, in the app's own tone. */
export function useReasons() {
  const { words, language } = useWords();
  const limits = useLimits();
  const kinds = limits ? new Intl.ListFormat(language, { type: "disjunction" }).format(kindNames(limits)) : "";
  const size = limits ? fileSize(limits.maxFileBytes, language) : "";
  return {
    refusal: (code: RefusalCode) =>
      !limits && /^(file_type_not_allowed|file_too_large|too_many_files)$/.test(code)
        ? words("refusal.other")
        : words(`refusal.${code}`, { kinds, size, count: limits?.maxFilesPerMessage }),
    failure: (code: string) => {
      const known = SAME[code] ?? code;
      return words(`failure.${FAILURES.includes(known) ? known : "other"}`);
    },
  };
}

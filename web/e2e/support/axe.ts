import axe from "axe-core";
import type { Page } from "playwright-core";

/** WCAG 2.2 A and AA, and what axe holds for good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds on the page by all rules, or by those named: one line each, with the rule, the element, why.
 *
 * The policy of the pages allows no foreign script, so axe comes in as an evaluated expression, which the
 * debugger's protocol runs past the policy; nothing of the page is loosened.
 */
export async function violations(page: Page, only?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  // Behind an open dialog the page, its main part and its heading are hidden from everybody, on purpose.
  const behindDialog = (await page.locator("[role=dialog], [role=alertdialog]").count()) > 0;
  const off = behindDialog ? ["landmark-one-main", "page-has-heading-one"] : [];
  const results = await page.evaluate(
    async ([tags, rules, wanted]) =>
      await window.axe.run(document, wanted ? { runOnly: { type: "rule", values: wanted } } : {
        runOnly: { type: "tag", values: tags },
        rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
      }),
    [RULES, off, only] as const,
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

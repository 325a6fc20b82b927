import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe calls serious or worse, a line for each place; empty for a page without barriers. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // The page's policy lets no script in, so axe comes through the debugger.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(
      document,
      {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      },
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
      );
  });
}

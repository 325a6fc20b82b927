import type { Locator, Page } from 'playwright-core';

/** How somebody works a page. */
export interface Hands {
  fill(field: Locator, text: string): Promise<void>;
  press(button: Locator): Promise<void>;
}

/** With a mouse or a finger. */
export const pointer: Hands = {
  fill: (field, text) => field.fill(text),
  press: (button) => button.click(),
};

/** So many steps are more than anybody takes through a page. */
const MOST_STEPS = 120;

/** With Tab, Enter and letters, and nothing else. */
export function keyboardOf(page: Page): Hands {
  const goTo = async (wanted: Locator) => {
    await wanted.waitFor();
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
      await mustBeSeen(page);
    }
    throw new Error(`the keyboard does not reach ${wanted}`);
  };
  return {
    async fill(field, text) {
      await goTo(field);
      await page.keyboard.insertText(text);
    },
    async press(button) {
      await goTo(button);
      await page.keyboard.press('Enter');
    },
  };
}

/** Whoever goes by keyboard sees where they are: what has the focus is on the screen, and marked. */
async function mustBeSeen(page: Page): Promise<void> {
  const trouble = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return undefined;
    const { width, height, bottom, right, left, top } = element.getBoundingClientRect();
    const name = element.outerHTML.slice(0, 160);
    if (width * height === 0 || bottom < 0 || right < 0 || left > innerWidth || top > innerHeight)
      return `the focus is on something that is not on the screen: ${name}`;
    // What surrounds a field may show it in its place; a region that only begins here need not.
    const around = [element, element.parentElement, element.parentElement?.parentElement];
    const isMarked =
      element.matches('[tabindex="-1"]') ||
      around.some((one) => one?.matches(':focus, :focus-within') && hasRing(one));
    // Fields have theirs as a shadow without an offset.
    function hasRing(one: Element): boolean {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (
        (outlineStyle !== 'none' && outlineWidth !== '0px') || / 0px 0px 0px (?:1\.5|3)px/.test(boxShadow)
      );
    }
    return isMarked ? undefined : `nothing shows that the focus is on ${name}`;
  });
  if (trouble !== undefined) throw new Error(trouble);
}

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where `tools/test.mjs` has found it. */
const PATH = process.env.TURNPIKE_TEST_CHROMIUM;

/** Why there is no Chromium for tests; undefined when there is one. */
export const chromiumMissing: string | undefined =
  PATH === undefined
    ? (process.env.TURNPIKE_TEST_CHROMIUM_MISSING ?? 'run the tests with npm run test:long, which finds it')
    : undefined;

/** As long as a page may take on a busy machine; whoever waits longer waits for something that will not come. */
export const PATIENCE_MS = 20_000;

export const SIZES = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

export type Size = keyof typeof SIZES;
export type Theme = 'light' | 'dark';
export type Language = 'en' | 'zh';

export function openChromium(): Promise<Browser> {
  if (PATH === undefined) throw new Error(chromiumMissing);
  // The sandbox needs a user that is not root, and a build container has no other; only our own pages are opened.
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox'], timeout: PATIENCE_MS });
}

export interface Look {
  readonly size: Size;
  readonly theme: Theme;
  readonly language: Language;
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of: exceptions, failed loads, what the policy kept out. */
  readonly complaints: string[];
}

/** A browser of somebody's own, who has chosen a look, on a new page. */
export async function visit(browser: Browser, baseURL: string, look: Look): Promise<Visit> {
  const context = await browser.newContext({
    baseURL,
    viewport: SIZES[look.size],
    hasTouch: look.size === 'phone',
    isMobile: look.size === 'phone',
    colorScheme: look.theme,
    locale: look.language === 'en' ? 'en-US' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  return { context, page, complaints: listen(page) };
}

/** Gives a browser the session that a caller of the API has: `name=value; name=value`. */
export async function adoptSession(context: BrowserContext, url: string, cookie: string): Promise<void> {
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    }),
  );
}

/** What the browser complains of on a page from now on. */
export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    // A page of the door asks who is here, and is told that nobody is.
    const asksWho = message.location().url.endsWith('/api/v1/me') && message.text().includes('401');
    if (message.type() === 'error' && !asksWho) complaints.push(`console: ${message.text()}`);
  });
  return complaints;
}

import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { stopServer } from '../fakes/running-server.ts';
import { adoptSession, chromiumMissing, type Look, openChromium, PATIENCE_MS, visit } from './chromium.ts';
import { findBarriers } from './find-barriers.ts';
import { type InhabitedServer, inhabitedServer } from './inhabited-server.ts';
import { fillAddress, pageAddresses } from './page-addresses.ts';

/**
 * Every page in a real browser, in both languages, light and dark, at a desk and on a phone: it shows itself, the
 * browser complains of nothing, nothing is wider than the screen, and axe finds no serious barrier. What was seen is
 * kept in `artifacts/screenshots/`, to be looked at.
 */

const PICTURES = resolve(import.meta.dir, '../../artifacts/screenshots');

const LOOKS: readonly Look[] = (['desk', 'phone'] as const).flatMap((size) =>
  (['en', 'zh'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((theme) => ({ size, language, theme })),
  ),
);

let browser: Browser;
let inhabited: InhabitedServer;

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [browser, inhabited] = await Promise.all([openChromium(), inhabitedServer()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await stopServer(inhabited.server);
  });
}

describe.skipIf(chromiumMissing !== undefined)(`every page (${chromiumMissing ?? 'in Chromium'})`, () => {
  for (const look of LOOKS) {
    const name = `${look.language}, ${look.theme}, ${look.size}`;
    test(`in ${name}`, async () => {
      const { context, page, complaints } = await visit(browser, inhabited.server.url, look);
      const found: string[] = [];
      // Signed out first: with a session, the door leads on at once.
      const addresses = pageAddresses();
      const visits = [
        ...addresses.filter((address) => !needsPerson(address)),
        ...addresses.filter(needsPerson),
      ];
      let isSignedIn = false;
      for (const address of visits) {
        if (needsPerson(address) && !isSignedIn) {
          await adoptSession(context, inhabited.server.url, inhabited.cookie);
          isSignedIn = true;
        }
        await page.goto(fillAddress(address, inhabited.parameters));
        await shown(page);
        const file = `${address.replace(/^\//, '').replaceAll(/[/:]+/g, '-')}-${look.language}-${look.theme}-${look.size}.png`;
        await page.screenshot({ path: join(PICTURES, file), animations: 'disabled' });
        const overhang = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overhang > 0) found.push(`${address}: ${overhang} px wider than the screen`);
        if (isHeldAgainstAxe(look))
          found.push(...(await findBarriers(page)).map((barrier) => `${address}: ${barrier}`));
        found.push(...complaints.splice(0).map((complaint) => `${address}: ${complaint}`));
      }
      await context.close();
      expect(found).toEqual([]);
    });
  }
});

/** It takes as long as everything else together, so each language has one size. */
function isHeldAgainstAxe({ size, language }: Look): boolean {
  return (size === 'desk') === (language === 'en');
}

function needsPerson(address: string): boolean {
  return address !== '/sign-in';
}

/** Its title is there, and what it loads has come. */
async function shown(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1') !== null &&
      document.querySelector('.sk, .skeleton, [aria-busy="true"]') === null,
    undefined,
    { timeout: PATIENCE_MS },
  );
}

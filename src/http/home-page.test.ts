import { describe, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { KEY_PLACEHOLDER, walkThroughCurl } from '../language/walk-through-curl.ts';
import { type HomePageFacts, type HomePageModel, homePageHeaders, renderHomePage } from './home-page.ts';

const LANGUAGES = ['en', 'zh'] as const;

const TEXT: HomePageModel = {
  id: 'grok-beta',
  input: ['text'],
  output: ['text'],
  contextTokens: 131_072,
  perSecond: 1,
  perMinute: 60,
  perHour: 1_200,
  inputUsdPerMillion: '$5.00',
  outputUsdPerMillion: '$15.00',
  answeredBy: { name: 'local engine', simulated: false },
};
const VISION: HomePageModel = {
  ...TEXT,
  id: 'grok-vision-beta',
  input: ['text', 'image'],
  contextTokens: 8_192,
  perMinute: 3,
  perHour: 60,
  answeredBy: { name: 'simulator', simulated: true },
};
const FACTS: HomePageFacts = { baseUrl: 'http://127.0.0.1:7070', version: '0.1.0', models: [TEXT, VISION] };

/** The words of the page as a reader gets them. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** Fails unless every element is closed in order, so that no value broke out of its place. */
function expectWellFormed(page: string): void {
  const open: string[] = [];
  for (const [, slash, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/gi)) {
    if (slash === '/') expect(open.pop()).toBe(name);
    else if (!['meta', 'link', 'br'].includes(name) && !rest.endsWith('/')) open.push(name);
  }
  expect(open).toEqual([]);
}

describe.each(LANGUAGES)('in %s', (language) => {
  test('has landmarks, one title, headings in order and its language', () => {
    const page = renderHomePage(FACTS, language);
    expectWellFormed(page);
    expect(page).toStartWith('<!doctype html>');
    expect(page).toContain(language === 'en' ? '<html lang="en">' : '<html lang="zh-CN">');
    for (const once of ['<header', '<main', '<footer', '<h1', '<title'])
      expect(page.split(once)).toHaveLength(2);
    expect([...page.matchAll(/<h([1-6])/g)].map(([, level]) => level).join('')).toMatch(/^12(2|3)*$/);
    // Every section is named by a heading that exists.
    for (const [, id] of page.matchAll(/aria-labelledby="([^"]*)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test('gives the curl of the walk-through, ready to paste, with a placeholder for the key', () => {
    const text = textOf(renderHomePage(FACTS, language));
    expect(text).toContain(walkThroughCurl(FACTS.baseUrl, KEY_PLACEHOLDER));
    expect(text).not.toMatch(/xai-[0-9A-Za-z]{8}/);
  });

  test('lists every model with its limits and prices', () => {
    const text = textOf(renderHomePage(FACTS, language));
    for (const figure of ['131,072', '8,192', '1,200', '$5.00', '$15.00', 'grok-beta', 'grok-vision-beta']) {
      expect(text).toContain(figure);
    }
  });

  test('says how to point Chatbox, One API and LibreChat here', () => {
    const text = textOf(renderHomePage(FACTS, language));
    for (const client of ['Chatbox', 'One API', 'LibreChat', 'librechat.yaml'])
      expect(text).toContain(client);
    expect(text).toContain('baseURL: "http://127.0.0.1:7070/v1"');
    expect(text).toContain('default: ["grok-beta", "grok-vision-beta"]');
  });

  test('links to the other language', () => {
    const other = language === 'en' ? 'zh' : 'en';
    expect(renderHomePage(FACTS, language)).toContain(`href="?lang=${other}"`);
  });
});

describe('what answers', () => {
  const page = (models: readonly HomePageModel[], ollamaFound?: boolean) =>
    textOf(renderHomePage({ ...FACTS, models, ollamaFound }, 'en'));
  const simulated = { ...TEXT, answeredBy: { name: 'simulator', simulated: true } };

  test('only the simulator: says so and how to connect a model', () => {
    const text = page([simulated, VISION]);
    expect(text).toContain('No model is connected.');
    expect(text).toContain('npm start -- --local');
    expect(text).toContain('TURNPIKE_UPSTREAM=');
    expect(text).toContain('channels add');
    expect(text).not.toContain('Ollama found');
    expect(page([simulated], true)).toContain('Ollama found');
  });

  test('some models: names those that the simulator answers', () => {
    const text = page([TEXT, VISION]);
    expect(text).toContain('No model is connected for grok-vision-beta.');
    expect(text).toContain('local engine');
  });

  test('only real models: no word of the simulator', () => {
    const text = page([TEXT]);
    expect(text).not.toMatch(/simulator/i);
  });
});

describe('is safe', () => {
  const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(1)>' onload='x\`</code></pre></style>`;

  test.each(LANGUAGES)('whatever the models and upstreams are called, in %s', (language) => {
    const model: HomePageModel = {
      ...TEXT,
      id: EVIL,
      input: [EVIL],
      output: [EVIL],
      inputUsdPerMillion: EVIL,
      outputUsdPerMillion: EVIL,
      answeredBy: { name: EVIL, simulated: false },
    };
    const twin = { ...model, answeredBy: { name: EVIL, simulated: true } };
    const page = renderHomePage({ ...FACTS, version: EVIL, models: [model, twin] }, language);
    expectWellFormed(page);
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/<[^>]*\son[a-z]+=/i);
  });

  test('a base URL that could mean something to a shell is never shown', () => {
    for (const baseUrl of ['http://a";id;"', 'http://$(id)', 'http://a<script>']) {
      expect(() => renderHomePage({ ...FACTS, baseUrl }, 'en')).toThrow(RangeError);
    }
  });

  test('loads, runs and sends nothing', () => {
    const page = renderHomePage(FACTS, 'en');
    expect(page).not.toMatch(/<(script|img|iframe|form|object|embed|base)\b|\ssrc=|\sstyle=|@import|url\(/i);
    const addresses = [...page.matchAll(/\shref="([^"]*)"/g)].map(([, address]) => address);
    for (const address of addresses) expect(address).toMatch(/^(\/|\?|data:image\/svg\+xml,)/);
  });

  test('its headers allow exactly its own style sheet', () => {
    const style = /<style>(.*?)<\/style>/s.exec(renderHomePage(FACTS, 'zh'))?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = homePageHeaders['content-security-policy'] ?? '';
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toStartWith("default-src 'none';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|script-src|\*/);
    expect(homePageHeaders['x-content-type-options']).toBe('nosniff');
    expect(homePageHeaders['referrer-policy']).toBe('no-referrer');
  });
});

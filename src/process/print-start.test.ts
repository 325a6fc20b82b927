import { describe, expect, test } from 'bun:test';
import { walkThroughCurl } from '../language/walk-through-curl.ts';
import { type FirstStart, type StartAnswers, type StartFacts, startLines } from './print-start.ts';
import { columns } from './terminal-look.ts';

const LANGUAGES = ['en', 'zh'] as const;
const PLAIN = { color: false, width: 80 };
const KEY = `xai-${'Ab1'.repeat(26)}xy`;

const FIRST: FirstStart = { ownerEmail: 'owner@localhost', apiKey: KEY, creditUsd: '$25.00' };
const LOCAL: StartAnswers = { models: ['grok-beta'], upstream: 'local engine', simulated: false };
const SIMULATED: StartAnswers = { models: ['grok-vision-beta'], upstream: 'simulator', simulated: true };
const ALL_SIMULATED: StartAnswers = { ...SIMULATED, models: ['grok-beta', 'grok-vision-beta'] };
const FACTS: StartFacts = {
  version: '0.1.0',
  baseUrl: 'http://127.0.0.1:7070',
  dataDir: '/srv/turnpike/data',
  mail: { kind: 'folder', place: '/srv/turnpike/data/mail' },
  limitsOff: false,
  answers: [LOCAL, SIMULATED],
};

/** The lines without the blank ones around them. */
function lines(facts: Partial<StartFacts>, language: 'en' | 'zh', look = PLAIN): string[] {
  return startLines({ ...FACTS, ...facts }, language, look)
    .trimEnd()
    .split('\n')
    .slice(1);
}

/** The command between `curl` and the line that closes its body, as a person would mark it. */
function shownCurl(printed: readonly string[]): string[] {
  const from = printed.findIndex((line) => line.trim().startsWith('curl '));
  const to = printed.findIndex((line) => line.trim() === "}'");
  return printed.slice(from, to + 1);
}

describe.each(LANGUAGES)('the first start, in %s', (language) => {
  test('shows the account, the credit and the data folder, and the key twice: to keep and in the curl', () => {
    const printed = lines({ first: FIRST }, language).join('\n');
    for (const fact of [
      '0.1.0',
      'http://127.0.0.1:7070',
      'owner@localhost',
      '$25.00',
      '/srv/turnpike/data',
    ]) {
      expect(printed).toContain(fact);
    }
    expect(printed.split(KEY)).toHaveLength(3);
  });

  test('shows the set-up link whole, on every start until somebody can sign in', () => {
    const setUpLink = `http://127.0.0.1:7070/set-up?token=${'Ab1'.repeat(14)}x`;
    for (const first of [FIRST, undefined]) {
      const narrow = { color: false, width: 40 };
      const withLink = lines({ first, setUpLink }, language, narrow);
      expect(withLink.filter((line) => line.endsWith(setUpLink))).toHaveLength(1);
      expect(lines({ first }, language, narrow).join('\n')).not.toContain('set-up');
    }
  });

  test.each([30, 80, 200])('the curl can be pasted from a terminal of %d columns', (width) => {
    const shown = shownCurl(lines({ first: FIRST }, language, { color: true, width }));
    expect(shown.map((line) => line.slice(2))).toEqual(walkThroughCurl(FACTS.baseUrl, KEY).split('\n'));

    const script = `curl() { printf '%s\\0' "$@"; }\n${shown.join('\n')}\n`;
    const run = Bun.spawnSync(['sh', '-euc', script], { env: {} });
    const words = run.stdout.toString().split('\0');
    expect(words[0]).toBe('http://127.0.0.1:7070/v1/chat/completions');
    expect(words[4]).toBe(`Authorization: Bearer ${KEY}`);
    expect(JSON.parse(words[6] ?? '')).toMatchObject({
      model: 'grok-beta',
      stream: false,
      temperature: 0,
    });
  });

  test('keeps its prose within the terminal', () => {
    const facts = {
      first: FIRST,
      answers: [ALL_SIMULATED],
      limitsOff: true,
      unusedSettings: ['TURNPIKE_ADMIN_PASSWORD'],
    };
    const printed = lines(facts, language, { color: true, width: 60 });
    const curl = shownCurl(printed);
    for (const line of printed) {
      const isCommand = curl.includes(line) || line.includes('npm ') || line.includes(KEY);
      if (!isCommand) expect(columns(line)).toBeLessThanOrEqual(60);
    }
  });
});

describe.each(LANGUAGES)('a restart, in %s', (language) => {
  test('is three to seven lines and shows no key', () => {
    const cases: Partial<StartFacts>[] = [
      { answers: [LOCAL] },
      {},
      { answers: [ALL_SIMULATED] },
      { answers: [ALL_SIMULATED], ollamaUrl: 'http://127.0.0.1:11434', limitsOff: true },
    ];
    for (const facts of cases) {
      const printed = lines(facts, language);
      expect(printed.length).toBeGreaterThanOrEqual(3);
      expect(printed.length).toBeLessThanOrEqual(7);
      for (const line of printed) expect(columns(line)).toBeLessThanOrEqual(80);
      expect(printed.join('\n')).not.toContain('xai-');
    }
  });
});

describe('what answers', () => {
  const said = (facts: Partial<StartFacts>) => lines({ first: FIRST, ...facts }, 'en').join('\n');

  test('a real model is named beside its models, and nothing speaks of a simulator', () => {
    expect(said({ answers: [LOCAL] })).toContain('grok-beta  ──  local engine');
    expect(said({ answers: [LOCAL] })).not.toMatch(/simulator/i);
  });

  test('the simulator is never taken for a model, and every way out of it is named', () => {
    const printed = said({ answers: [ALL_SIMULATED] });
    expect(printed).toContain('grok-beta, grok-vision-beta  ╌╌  simulator, no model');
    expect(printed).toContain('No model is connected.');
    for (const way of ['npm start -- --local', 'TURNPIKE_UPSTREAM=xai', 'TURNPIKE_UPSTREAM=http://']) {
      expect(printed).toContain(way);
    }
  });

  test('with some models connected, the others are named', () => {
    expect(said({})).toContain('No model is connected for grok-vision-beta.');
    expect(said({})).toContain('channels add');
  });

  test('where only images are simulated, that is said and nothing more', () => {
    const answers = [
      { ...LOCAL, models: ['grok-beta', 'grok-vision-beta'] },
      { ...SIMULATED, imagesOnly: true },
    ];
    expect(said({ answers })).toContain('grok-vision-beta (images)    ╌╌  simulator, no model');
    expect(said({ answers })).toContain('No model is connected that takes images for grok-vision-beta.');
    expect(said({ answers })).not.toContain('No model is connected for');
    expect(lines({ answers }, 'en')).toHaveLength(5);
  });

  test.each(['http://127.0.0.1:11434', 'http://127.0.0.1:11434/', 'http://127.0.0.1:11434/v1/'])(
    'an Ollama at %s is offered in words, with its address in the command',
    (ollamaUrl) => {
      const printed = said({ answers: [ALL_SIMULATED], ollamaUrl });
      expect(printed).toContain('Ollama is running at http://127.0.0.1:11434.');
      expect(printed).toContain('TURNPIKE_UPSTREAM=http://127.0.0.1:11434/v1 TURNPIKE_UPSTREAM_MODEL=');
    },
  );

  test('limits that are off and settings without effect are said, on every start', () => {
    for (const first of [FIRST, undefined]) {
      const printed = lines(
        { limitsOff: true, unusedSettings: ['TURNPIKE_ADMIN_PASSWORD'], first },
        'en',
      ).join('\n');
      expect(printed).toContain('TURNPIKE_LIMITS=off');
      expect(printed).toContain('TURNPIKE_ADMIN_PASSWORD');
    }
    expect(said({})).not.toContain('TURNPIKE_LIMITS');
  });

  test('long lists are cut with a count', () => {
    const models = ['a', 'b', 'c', 'd', 'e'];
    const answers = Array.from({ length: 6 }, (_, at) => ({ ...LOCAL, models, upstream: `upstream ${at}` }));
    const printed = lines({ answers }, 'en');
    expect(printed.filter((line) => line.includes('a, b, c +2'))).toHaveLength(4);
    expect(printed).toContain('  +2');
  });

  test('a channel cannot steer the terminal by its name', () => {
    const answers = [{ ...LOCAL, upstream: '\x1b[2Jevil\r\n', models: ['m\x07'] }];
    expect(lines({ answers, dataDir: '/\x1b]0;x\x07' }, 'en').join('\n')).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

test('colour changes nothing but the colour', () => {
  for (const language of LANGUAGES) {
    for (const first of [FIRST, undefined]) {
      const facts = { ...FACTS, answers: [ALL_SIMULATED], limitsOff: true, first };
      const coloured = startLines(facts, language, { color: true, width: 80 });
      expect(Bun.stripANSI(coloured)).toBe(startLines(facts, language, PLAIN));
    }
  }
});

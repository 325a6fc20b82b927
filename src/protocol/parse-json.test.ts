import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { oddValue } from '../../test/fakes/odd-json.ts';
import { isJsonObject, MAXIMUM_DEPTH, parseJson, parseUnambiguousJson } from './parse-json.ts';

test('reads what a parser reads', () => {
  fc.assert(
    fc.property(oddValue, ({ text }) => {
      const expected: unknown = JSON.parse(text, (_, value) => {
        if (typeof value === 'object' && value !== null) Reflect.deleteProperty(value, '__proto__');
        return value;
      });
      const parsed = parseJson(text);
      expect(parsed.ok && parsed.value).toEqual(expected as never);
      if (parsed.ok && !parsed.altered) expect(parsed.value).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  '',
  ' ',
  '{',
  '{"a":1',
  '{"a":1}}',
  '[1,]',
  "{'a':1}",
  '{"a":NaN}',
  '{"a":01}',
  'undefined',
  '\ufeff{}',
])('%j is no JSON, and the answer does not quote it', (text) => {
  expect(parseJson(text)).toEqual({ ok: false, why: 'the text is not valid JSON.' });
});

describe('__proto__', () => {
  const SPELLINGS = [
    '__proto__',
    '\\u005f_proto__',
    '_\\u005Fproto_\\u005f',
    '__\\u0070roto__',
    '__p\\u0072oto__',
    '__pr\\u006fto__',
    '__pr\\u006Fto__',
    '__pro\\u0074o__',
    '\\u005f\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f',
  ];

  test.each(SPELLINGS)('spelled %s is taken out wherever it stands', (spelling) => {
    for (const [before, inner, after] of [
      ['', '', ''],
      ['[1,', '"x":2,', ']'],
      ['{"a":{"b":[', '"c":1,', ']}}'],
    ]) {
      const parsed = parseJson(`${before}{${inner}"${spelling}":{"isAdmin":true}}${after}`);
      expect(parsed).toMatchObject({ ok: true, altered: true });
      if (!parsed.ok) return;
      expect(JSON.stringify(parsed.value)).toBe(`${before}{${inner?.replace(',', '')}}${after}`);
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    }
  });

  test('in a text, or in a name that only resembles it, stays', () => {
    const text =
      '{"say":"__proto__ and \\u005f_proto__","__proto":1,"__proto___":2,"constructor":{"prototype":3}}';
    expect(parseJson(text)).toMatchObject({ ok: true, value: JSON.parse(text), altered: false });
  });
});

describe('depth', () => {
  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

  test('is bounded for arrays and objects alike', () => {
    expect(parseJson(nested(MAXIMUM_DEPTH, '[', ']')).ok).toBe(true);
    const objects = `${'{"a":'.repeat(MAXIMUM_DEPTH - 1)}{}${'}'.repeat(MAXIMUM_DEPTH - 1)}`;
    expect(parseJson(objects).ok).toBe(true);
    const why = 'it is nested deeper than 128 levels.';
    expect(parseJson(nested(MAXIMUM_DEPTH + 1, '[', ']'))).toEqual({ ok: false, why });
    expect(parseJson(`{"a":${objects}}`)).toEqual({ ok: false, why });
  });

  test('brackets in strings and beside each other do not count', () => {
    expect(parseJson(`["${'['.repeat(1_000)}\\"${'{'.repeat(1_000)}"]`).ok).toBe(true);
    expect(parseJson(`[${Array(1_000).fill('[[]]').join(',')}]`).ok).toBe(true);
  });

  test('of a hundred thousand levels, or ten million without an end, is a clear answer', () => {
    const why = 'it is nested deeper than 128 levels.';
    expect(parseJson(nested(100_000, '[', ']'))).toEqual({ ok: false, why });
    expect(parseJson(nested(100_000, '{"a":', '}').replace('}', '1}'))).toEqual({ ok: false, why });
    expect(parseJson('['.repeat(10_000_000))).toEqual({ ok: false, why });
  });
});

describe('a text that is passed on', () => {
  test('is refused exactly when an object names a member twice or a string holds half a character', () => {
    fc.assert(
      fc.property(oddValue, ({ text, namesTwice, halvesCharacter }) => {
        expect(parseUnambiguousJson(text).ok).toBe(!namesTwice && !halvesCharacter);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['{"n":1,"n":128}', 'twice'],
    ['{"a":{"b":1,"\\u0062":2}}', 'twice'],
    ['[{"content":"x","content":[{"type":"image_url"}]}]', 'twice'],
    ['{"a":{"__proto__":1},"a":2}', 'twice'],
    ['{"a":"\\ud800"}', 'half a character'],
    ['"\\uDFFF\\ud800"', 'half a character'],
    ['{"\\ud83d":1}', 'half a character'],
    ['{"a":"\ud83d"}', 'half a character'],
    ['["x",["\\ud83d\\ud83d\\ude00"]]', 'half a character'],
  ])('%s: %s', (text, words) => {
    const parsed = parseUnambiguousJson(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.why).toContain(words);
  });

  test.each([
    '{"a":"\\ud83d\\ude00","b":{"a":":"}}',
    '"\\\\ud800"',
    '{"a:b":"c:d","__proto__":{"a:b":1}}',
    ':)',
  ])('%s is as good as before', (text) => {
    expect(parseUnambiguousJson(text)).toEqual(parseJson(text));
  });
});

test('arrays and null are no objects', () => {
  expect([{}, { a: 1 }, Object.create(null)].every(isJsonObject)).toBe(true);
  expect([null, [], 'x', 1, undefined].some(isJsonObject)).toBe(false);
});

import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { oddObject, writeOddObject } from '../../test/fakes/odd-json.ts';
import { type JsonObject, parseJson } from './parse-json.ts';
import {
  addMissingMembers,
  rewriteChangedMembers,
  spliceMembers,
  topLevelMembers,
} from './splice-members.ts';

const key = fc.constantFrom('model', 'usage', 'id', 'a', '', 'new', 'with "quotes" \\');
const changes = fc.dictionary(
  key,
  fc.constantFrom(null, '"x"', '7', '{"deep":[1,{"model":2}]}', '1e400', '"}"'),
);
const around = fc.constantFrom('', ' ', '\n', '\r\n\t');

describe('any object', () => {
  test('is taken apart as a parser does', () => {
    fc.assert(
      fc.property(oddObject, around, ({ text, members }, before) => {
        const found = topLevelMembers(before + text);
        expect(found.map((member) => member.key)).toEqual(members.map((member) => member.key));
        expect(found.map(({ valueStart, valueEnd }) => (before + text).slice(valueStart, valueEnd))).toEqual(
          members.map(({ valueText }) => valueText),
        );
      }),
    );
  });

  test('means the same after a change, but for what was changed', () => {
    fc.assert(
      fc.property(oddObject, around, changes, ({ text }, space, changed) => {
        const expected = JSON.parse(text) as Record<string, unknown>;
        for (const [name, value] of Object.entries(changed)) {
          if (value === null) delete expected[name];
          else expected[name] = JSON.parse(value);
        }
        expect(JSON.parse(spliceMembers(space + text + space, changed))).toEqual(expected);
      }),
    );
  });

  test('becomes the same, byte by byte, for whoever has parsed it', () => {
    fc.assert(
      fc.property(oddObject, around, changes, ({ text }, space, changed) => {
        const whole = space + text + space;
        const parsed = parseJson(whole);
        expect(spliceMembers(whole, changed, parsed.ok ? parsed.places : [])).toBe(
          spliceMembers(whole, changed),
        );
      }),
    );
  });

  test('keeps every other byte when a member is set', () => {
    fc.assert(
      fc.property(oddObject, around, changes, ({ text, members, spaces, namesTwice }, space, changed) => {
        fc.pre(!namesTwice);
        const set = Object.entries(changed).filter(([name]) => members.some((member) => member.key === name));
        const values = new Map(set.map(([name, value]) => [name, value ?? '"set"']));
        const written = writeOddObject(
          members.map((member) => ({ ...member, valueText: values.get(member.key) ?? member.valueText })),
          spaces,
        );
        expect(spliceMembers(space + text + space, Object.fromEntries(values))).toBe(space + written + space);
      }),
    );
  });

  test('keeps the other members when some are removed, added or there twice, each to the byte', () => {
    fc.assert(
      fc.property(oddObject, around, changes, ({ text, members }, space, changed) => {
        const seen = new Set<string>();
        const expected: string[] = [];
        for (const { key: name, keyText, colon, valueText } of members) {
          const value = Object.hasOwn(changed, name) ? changed[name] : undefined;
          if (value === undefined) expected.push(keyText + colon + valueText);
          else if (value !== null && !seen.has(name)) expected.push(keyText + colon + value);
          seen.add(name);
        }
        for (const [name, value] of Object.entries(changed)) {
          if (value !== null && !seen.has(name)) expected.push(`${JSON.stringify(name)}:${value}`);
        }
        const spliced = spliceMembers(space + text + space, changed);
        expect(topLevelMembers(spliced).map(({ start, valueEnd }) => spliced.slice(start, valueEnd))).toEqual(
          expected,
        );
        expect(spliced.startsWith(`${space}{`) && spliced.endsWith(`}${space}`)).toBe(true);
      }),
    );
  });

  test('without a change is the same text', () => {
    fc.assert(
      fc.property(oddObject, ({ text }) => {
        expect(spliceMembers(text, {})).toBe(text);
        expect(spliceMembers(text, { 'not there': null })).toBe(text);
      }),
    );
  });
});

test.each<[string, Record<string, string | null>, string]>([
  ['{}', { a: '1' }, '{"a":1}'],
  [' { } ', { a: '1', b: '2' }, ' {"a":1,"b":2 } '],
  ['{"a":1}', { a: null }, '{}'],
  ['{ "a" : 1 , "b" : 2 }', { a: null }, '{ "b" : 2 }'],
  ['{ "a" : 1 , "b" : 2 }', { b: null }, '{ "a" : 1 }'],
  ['{ "a" : 1 , "b" : 2 }', { a: null, b: null }, '{  }'],
  ['{ "a" : 1 , "b" : 2 }', { a: null, b: null, c: '3' }, '{ "c":3 }'],
  ['{ "a" : 1 , "b" : 2 }', { a: '9' }, '{ "a" : 9 , "b" : 2 }'],
  ['{"a":1,"b":2,"a":3,"c":4}', { a: '9' }, '{"a":9,"b":2,"c":4}'],
  ['{"a":1,"b":2,"a":3}', { a: null }, '{"b":2}'],
  ['{"\\u0061":1}', { a: '9' }, '{"\\u0061":9}'],
  ['{"x":"\\\\","a":1}', { a: '9' }, '{"x":"\\\\","a":9}'],
  ['{"x":"\\\\\\"","a":1}', { a: '9' }, '{"x":"\\\\\\"","a":9}'],
  ['{"x":{"a":1},"a":2}', { a: '9' }, '{"x":{"a":1},"a":9}'],
  ['{"x":["a"],"a":2}', { a: '9' }, '{"x":["a"],"a":9}'],
  ['{"x":{"a":1}}', { a: '9' }, '{"x":{"a":1},"a":9}'],
  ['{"x":"\\"a","\\u0061":2}', { a: '9' }, '{"x":"\\"a","\\u0061":9}'],
  ['{"x":"\\"a","a":2}', { a: '9' }, '{"x":"\\"a","a":9}'],
  ['{"x":{"a":1},"\\u0061":2}', { a: '9' }, '{"x":{"a":1},"\\u0061":9}'],
  ['{"b" : 1 , "a" :2 }', { a: '9', b: '8', c: '7' }, '{"b" : 8 , "a" :9,"c":7 }'],
  ['{ }', { a: '9' }, '{"a":9 }'],
  ['{"x":{"a":1},"y":[{"a":1}]}', { a: null }, '{"x":{"a":1},"y":[{"a":1}]}'],
  ['{"n":-0,"m":1e400,"k":12345678901234567890}', { n: null }, '{"m":1e400,"k":12345678901234567890}'],
  ['{"x":1}', { 'ü"': '1' }, '{"x":1,"ü\\"":1}'],
])('%s with %j is %s', (text, changed, spliced) => {
  expect(spliceMembers(text, changed)).toBe(spliced);
});

test('of very many members no places are remembered, and they are found all the same', () => {
  const text = `{${Array.from({ length: 1_001 }, (_, index) => `"m${index}":1`).join(',')}}`;
  const parsed = parseJson(text);
  expect(parsed).toMatchObject({ ok: true, places: undefined });
  expect(spliceMembers(text, { m1000: '2' }, parsed.ok ? parsed.places : [])).toBe(
    text.replace('"m1000":1', '"m1000":2'),
  );
});

test('a huge string, and one of nothing but backslashes and quotes, are passed over in one step each', () => {
  const content = JSON.stringify('\\"'.repeat(500_000) + 'x'.repeat(1_000_000));
  const text = `{"messages":[{"content":${content}}],"model":"a","content":${content}}`;
  expect(spliceMembers(text, { model: '"b"' })).toBe(
    `{"messages":[{"content":${content}}],"model":"b","content":${content}}`,
  );
});

describe('members that were changed in the value', () => {
  test('are written anew, the others stay to the byte', () => {
    const text =
      '{ "seed" : 12345678901234567890, "big":1e400,"x":{"gone":1,"stays":-0}, "gone" :2, "t":"\\u4f60" }';
    const value = JSON.parse(text) as JsonObject;
    delete value.gone;
    value.x = { stays: 1 };
    expect(rewriteChangedMembers(text, value)).toBe(
      '{ "seed" : 12345678901234567890, "big":1e400,"x":{"stays":1}, "t":"\\u4f60" }',
    );
  });

  test('may have any name', () => {
    const text = '{"__proto__":{"a":1},"constructor":1,"b":2}';
    const value = JSON.parse(text) as JsonObject;
    Reflect.deleteProperty(value, '__proto__');
    expect(rewriteChangedMembers(text, value)).toBe('{"constructor":1,"b":2}');
  });

  test('are none where nothing changed', () => {
    fc.assert(
      fc.property(oddObject, ({ text, namesTwice }) => {
        if (!namesTwice) expect(rewriteChangedMembers(text, JSON.parse(text))).toBe(text);
      }),
    );
  });
});

test('the members of another object are added as they are written there, and none is replaced', () => {
  const text = '{"id":"a", "choices":[1.50]}';
  const other = '{"id":"b","choices":[],"citations":["x"],"big":12345678901234567890}';
  expect(addMissingMembers(text, other)).toBe(
    '{"id":"a", "choices":[1.50],"citations":["x"],"big":12345678901234567890}',
  );
  expect(addMissingMembers(text, '{}')).toBe(text);
  expect(addMissingMembers('{}', '{"__proto__":{"a":1}}')).toBe('{"__proto__":{"a":1}}');
});

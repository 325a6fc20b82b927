import fc from 'fast-check';

/** A valid JSON text as no serialiser would write it, and what a naive reader may miss in it. */
export interface OddJson {
  readonly text: string;
  /** Some object in it names a member twice. */
  readonly namesTwice: boolean;
  /** Some string or key in it holds a surrogate without its partner. */
  readonly halvesCharacter: boolean;
}

export interface OddMember {
  readonly key: string;
  readonly keyText: string;
  /** The colon with the space around it. */
  readonly colon: string;
  readonly valueText: string;
}

export interface OddObject extends OddJson {
  readonly members: readonly OddMember[];
  /** The space before the members, and then the one after each. */
  readonly spaces: readonly string[];
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\t ', '\r\n', '   ');

const NUMBERS = ['0', '-0', '7', '-1.50', '1e400', '-1E-400', '12345678901234567890', '0.1', '1e5', '2E+3'];

/** What a scanner may stumble over inside a string: quotes, backslashes, brackets, escapes of all of these. */
const PIECES = [
  ...[
    'a',
    '\\"',
    '\\\\',
    '\\/',
    '\\n',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    "'",
    '中',
    '😀',
    '\u2028',
    '\ufeff',
  ],
  ...[
    '\\u0022',
    '\\u005c',
    '\\u007d',
    '\\ud83d',
    '\\uDE00',
    '__proto__',
    'model',
    '\\u006dodel',
    'x'.repeat(300),
  ],
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((each) => `"${each.join('')}"`);
const keyText = fc.oneof(
  pieces,
  fc.constantFrom(
    '"model"',
    '"m\\u006fdel"',
    '"usage"',
    '"id"',
    '""',
    '"__proto__"',
    '"__\\u0070roto__"',
    '"a"',
  ),
);

function leaf(text: string): OddJson {
  const value: unknown = JSON.parse(text);
  return { text, namesTwice: false, halvesCharacter: typeof value === 'string' && !value.isWellFormed() };
}

/** The object's text; the space before each member is the same. */
export function writeOddObject(members: readonly OddMember[], spaces: readonly string[]): string {
  const before = spaces[0] ?? '';
  const written = members.map(
    ({ keyText, colon, valueText }, index) => keyText + colon + valueText + (spaces[index + 1] ?? ''),
  );
  return `{${before}${written.join(`,${before}`)}}`;
}

function objectOf(
  spaces: readonly string[],
  parts: readonly { keyText: string; colon: string; value: OddJson }[],
): OddObject {
  const members = parts.map(({ keyText, colon, value }) => ({
    key: JSON.parse(keyText) as string,
    keyText,
    colon,
    valueText: value.text,
  }));
  const keys = members.map(({ key }) => key);
  return {
    text: writeOddObject(members, spaces),
    namesTwice: new Set(keys).size < keys.length || parts.some(({ value }) => value.namesTwice),
    halvesCharacter:
      keys.some((key) => !key.isWellFormed()) || parts.some(({ value }) => value.halvesCharacter),
    members,
    spaces,
  };
}

const odd = fc.letrec<{ value: OddJson; object: OddObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...NUMBERS, 'true', 'false', 'null').map(leaf),
    pieces.map(leaf),
    fc.tuple(space, space, fc.array(tie('value'), { maxLength: 4 })).map(([before, after, items]) => ({
      text: `[${before}${items.map(({ text }) => text).join(`${after},${before}`)}${after}]`,
      namesTwice: items.some(({ namesTwice }) => namesTwice),
      halvesCharacter: items.some(({ halvesCharacter }) => halvesCharacter),
    })),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.array(space, { minLength: 6, maxLength: 6 }),
      fc.array(
        fc.record({
          keyText,
          colon: fc.tuple(space, space).map(([before, after]) => `${before}:${after}`),
          value: tie('value'),
        }),
        { maxLength: 5 },
      ),
    )
    .map(([spaces, members]) => objectOf(spaces, members)),
}));

export const oddValue: fc.Arbitrary<OddJson> = odd.value;
export const oddObject: fc.Arbitrary<OddObject> = odd.object;

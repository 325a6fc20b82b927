import { isJsonObject, type JsonValue } from '../../protocol/parse-json.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The field of a request that tells the simulator how to answer it. */
export const SETTINGS_FIELD = 'turnpike_simulator';

/** The most tokens one answer can be told to have. */
const MAXIMUM_TOKENS = 131_072;
const MAXIMUM_TOKENS_PER_SECOND = 100_000;
const MAXIMUM_FIRST_TOKEN_MS = 600_000;

/** What can go wrong with an upstream, on request. What each does is said in `faults.ts`. */
export const FAULTS = [
  'status-429',
  'status-500',
  'status-503',
  'hang',
  'hang-mid-stream',
  'half-stream',
  'bad-json',
  'reset',
  'error-event',
  'no-usage',
  'negative-usage',
  'no-done',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How fast the simulator writes. */
export interface Speed {
  /** 0 is as fast as it is read. */
  readonly tokensPerSecond: number;
  readonly firstTokenMs: number;
}

/** One request's settings, as read. */
export interface Settings extends Speed {
  /** The exact length of each choice's answer, unless a smaller `max_tokens` or a stop string cuts it. */
  readonly tokens: number | undefined;
  readonly reasoningTokens: number;
  readonly fault: Fault | undefined;
  readonly seed: number | undefined;
}

/** Reads the settings object of a request. A field it does not know is refused, because a typo would be silent. */
export function readSettings(value: unknown, speed: Speed): Settings | Refusal {
  const given = value === undefined || value === null ? {} : value;
  if (!isJsonObject(given)) return refuse(SETTINGS_FIELD, `'${SETTINGS_FIELD}' must be an object.`);
  const known = new Map<string, number | string>();
  for (const [name, member] of Object.entries(given)) {
    if (member === null) continue;
    const rule = RULES[name];
    if (rule === undefined) {
      const names = Object.keys(RULES).join(', ');
      return refuse(`${SETTINGS_FIELD}.${name}`, `'${SETTINGS_FIELD}' has only the fields ${names}.`);
    }
    const expectation = rule(member);
    if (expectation !== undefined) {
      return refuse(`${SETTINGS_FIELD}.${name}`, `'${SETTINGS_FIELD}.${name}' must be ${expectation}.`);
    }
    known.set(name, member as number | string);
  }
  const number = (name: string) => known.get(name) as number | undefined;
  return {
    tokens: number('tokens'),
    tokensPerSecond: number('tokens_per_second') ?? speed.tokensPerSecond,
    firstTokenMs: number('first_token_ms') ?? speed.firstTokenMs,
    reasoningTokens: number('reasoning_tokens') ?? 0,
    fault: known.get('fault') as Fault | undefined,
    seed: number('seed'),
  };
}

/** What a value must be, when it is not. */
type Rule = (value: JsonValue) => string | undefined;

const RULES: Readonly<Record<string, Rule>> = {
  tokens: wholeNumber(1, MAXIMUM_TOKENS),
  tokens_per_second: (value) =>
    typeof value === 'number' && value >= 0 && value <= MAXIMUM_TOKENS_PER_SECOND
      ? undefined
      : `a number from 0 (as fast as it is read) to ${MAXIMUM_TOKENS_PER_SECOND}`,
  first_token_ms: wholeNumber(0, MAXIMUM_FIRST_TOKEN_MS),
  fault: (value) => (FAULTS.some((fault) => fault === value) ? undefined : `one of ${FAULTS.join(', ')}`),
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  reasoning_tokens: wholeNumber(0, MAXIMUM_TOKENS),
};

function wholeNumber(least: number, most: number): Rule {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
}

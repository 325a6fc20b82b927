import { expect, test } from 'bun:test';
import * as failures from '../../src/domain/failure.ts';
import { sayReason } from './say-reason.ts';
import { en } from './words.en.ts';
import { zh } from './words.zh.ts';

/** What a conversation meets; each is the gateway's own sentence. */
const MET = [
  failures.outOfCredit('team-1', 12_000_000_000n, 96_000_000_000n),
  failures.creditUsedUpInAnswer('team-1'),
  failures.tooManyRequests('team-1', 'grok-beta', '60 requests per minute', 1_500),
  failures.tooManyTokens('team-1', 'grok-beta', 9_000, 1_500),
  failures.promptTooLong(8_192, 9_001),
  failures.unknownModel('grok-beta', 'team-1'),
  failures.imageNotSupported(),
  failures.noUpstream('grok-beta'),
  failures.upstreamFailed('grok-beta'),
  failures.upstreamTimedOut('grok-beta'),
  failures.upstreamBusy('grok-beta', undefined),
  failures.upstreamBroke('grok-beta'),
  failures.shuttingDown(),
  failures.overloaded(),
  failures.ledgerUnavailable(),
  failures.personShutOut('signed-out'),
  failures.personShutOut('not-a-member'),
  failures.personShutOut('team-blocked'),
];

test.each(MET.map(({ message }) => [message]))('is said in both languages: %s', (message) => {
  const [english, chinese] = [sayReason(message, en), sayReason(message, zh)];
  expect(chinese).toMatch(/\p{Script=Han}/u);
  for (const sentence of [english, chinese]) {
    expect(sentence).not.toMatch(/\$\d(?![\d.])/);
    // What was charged stands beside it, once.
    expect(sentence).not.toMatch(/charged|扣费/);
    expect(sentence).not.toContain('team-1');
  }
});

test('figures of a sentence stay in it, and an unknown sentence is shown as it came', () => {
  expect(sayReason(failures.promptTooLong(8_192, 9_001).message, en)).toContain('9001');
  expect(sayReason('Something else.', zh)).toBe('Something else.');
});

test('both languages know the same sentences', () => {
  expect(zh.reasons.map(([pattern]) => pattern.source)).toEqual(
    en.reasons.map(([pattern]) => pattern.source),
  );
});

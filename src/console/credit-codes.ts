import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { ClaimedCode, CodeRow } from '../storage/code-store.ts';
import type { ConsolePorts } from './console-ports.ts';

/** Without letters and digits that look alike, so that a code can be read out. 32 of them are five bits each. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** 100 bits: nobody finds one by trying. */
const CODE_LETTERS = 20;
const SHOWN_LETTERS = 4;

/** What fits into one form, and one statement's line. */
const MAXIMUM_CODES = 500;
const MAXIMUM_USES = 100_000;
const MAXIMUM_MEMO_CHARACTERS = 100;

export interface NewCodes {
  readonly count: number;
  readonly amountTicks: Ticks;
  readonly mostUses: number;
  readonly memo: string;
  readonly expiresAtMs?: number | null | undefined;
}

export interface MadeCode {
  readonly row: CodeRow;
  /** The code itself. This is the only time that anybody sees it. */
  readonly text: string;
}

/** Makes codes that give credit. Only their SHA-256 is stored. */
export async function createCodes(
  ports: Pick<ConsolePorts, 'codes' | 'clock' | 'random' | 'sha256' | 'actor'>,
  { count, amountTicks, mostUses, memo, expiresAtMs = null }: NewCodes,
): Promise<readonly MadeCode[] | Refusal> {
  if (amountTicks <= 0n || amountTicks > MAXIMUM_TICKS) return refuse('bad-amount');
  const isCounted = count >= 1 && count <= MAXIMUM_CODES && mostUses >= 1 && mostUses <= MAXIMUM_USES;
  if (!isCounted) return refuse('bad-code-count', { most: MAXIMUM_CODES, mostUses: MAXIMUM_USES });
  if (memo.length > MAXIMUM_MEMO_CHARACTERS || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(memo))
    return refuse('bad-memo', { most: MAXIMUM_MEMO_CHARACTERS });
  const createdAtMs = ports.clock.nowMs();
  if (expiresAtMs !== null && expiresAtMs <= createdAtMs) return refuse('moment-past');
  const made = Array.from({ length: count }, (): MadeCode => {
    const letters = [...ports.random.bytes(CODE_LETTERS)].map((byte) => LETTERS[byte % 32]).join('');
    const row: CodeRow = {
      id: ports.random.uuid(),
      hash: ports.sha256(letters),
      redacted: `…${letters.slice(-SHOWN_LETTERS)}`,
      ...{ amountTicks, mostUses, uses: 0, memo, expiresAtMs, endedAtMs: null, createdAtMs },
      createdBy: ports.actor,
    };
    return { row, text: letters.replace(/(.{5})(?=.)/g, '$1-') };
  });
  await ports.codes.insert(made.map(({ row }) => row));
  return made;
}

/**
 * Gives a team the credit of a code. The use is claimed in one atomic step; the grant that follows is named by code and
 * team, so it is booked once, however often it is tried. A process that dies in between is made good by
 * `completeRedemptions`, or when the team tries again.
 */
export async function redeemCode(
  ports: Pick<ConsolePorts, 'codes' | 'ledger' | 'clock' | 'sha256'>,
  request: { readonly text: string; readonly organizationId: string; readonly userId: string },
): Promise<{ readonly amountTicks: Ticks; readonly balanceTicks: Ticks } | Refusal> {
  const hash = ports.sha256(request.text.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  const { organizationId, userId } = request;
  const claim = await ports.codes.claim({ hash, organizationId, userId, atMs: ports.clock.nowMs() });
  switch (claim.outcome) {
    case 'unknown':
      return refuse('unknown-code');
    case 'expired':
      return refuse('code-over');
    case 'used-up':
    case 'used-already':
      return refuse('code-used', { by: claim.outcome === 'used-up' ? 'others' : 'team' });
    default:
      return grant(ports, claim);
  }
}

/** Books what was claimed and not granted; to be called at a start. */
export async function completeRedemptions(
  ports: Pick<ConsolePorts, 'codes' | 'ledger' | 'clock'>,
): Promise<void> {
  for (const claimed of await ports.codes.listUngranted()) await grant(ports, claimed);
}

async function grant(
  { ledger, codes, clock }: Pick<ConsolePorts, 'codes' | 'ledger' | 'clock'>,
  { codeId, organizationId, amountTicks, memo }: ClaimedCode,
): Promise<{ readonly amountTicks: Ticks; readonly balanceTicks: Ticks } | Refusal> {
  const atMs = clock.nowMs();
  await ledger.openWallet(organizationId, atMs);
  const answer = await ledger.grant({
    transactionId: `code:${codeId}:${organizationId}`,
    walletId: organizationId,
    amountTicks,
    memo: memo === '' ? 'Code' : memo,
    atMs,
  });
  if (answer.outcome === 'refused') return refuse('too-much-credit', { mostTicks: String(MAXIMUM_TICKS) });
  await codes.noteGranted(codeId, organizationId);
  return { amountTicks, balanceTicks: answer.balance.availableTicks };
}

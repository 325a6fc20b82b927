import type { AuditFindingKind } from '../../storage/audit-finding.ts';

type Fact = (name: string) => string;

const RESTORE =
  'Turnpike never does this: keep a copy of the data folder, and compare it with the last backup.';
const REBUILD = 'The entries decide: stop the server and run turnpike audit --rebuild';
const CORRECT =
  'Look at the request (turnpike usage requests) and put it right with turnpike credit grant or withdraw, and a memo.';

/** What an audit finds, in English: what is wrong and what to do. */
export const englishFindings = {
  /** Where to look, by the names that a finding has in JSON. */
  places: {
    team_id: 'team',
    request_id: 'request',
    transaction_id: 'transaction',
    day: 'day (UTC)',
    key_id: 'key',
    model: 'model',
  },

  findings: {
    'transaction-not-zero': (fact: Fact) => ({
      text: `The entries of a transaction sum to ${fact('sum_ticks')} and not to zero.`,
      remedy: RESTORE,
    }),
    'balance-differs': (fact: Fact) => ({
      text: `The stored balance is ${fact('available_ticks')} and ${fact('held_ticks')} held; the entries come to ${fact('folded_available_ticks')} and ${fact('folded_held_ticks')} held.`,
      remedy: REBUILD,
    }),
    'negative-balance': (fact: Fact) => ({
      text: `A balance is below zero: ${fact('available_ticks')} and ${fact('held_ticks')} held; by the entries ${fact('folded_available_ticks')} and ${fact('folded_held_ticks')} held.`,
      remedy: RESTORE,
    }),
    'hold-without-end': () => ({
      text: 'A hold has ended, and no transaction ended it.',
      remedy: RESTORE,
    }),
    'hold-ended-twice': (fact: Fact) => ({
      text: `${fact('ends')} transactions ended one hold.`,
      remedy: RESTORE,
    }),
    'hold-missing': () => ({
      text: 'Transactions belong to a hold that is not there.',
      remedy: RESTORE,
    }),
    'hold-differs': (fact: Fact) => ({
      text: `A hold (${fact('state')}) says ${fact('held_ticks')} held, ${fact('charged_ticks')} charged and ${fact('released_ticks')} released; its entries say ${fact('booked_held_ticks')}, ${fact('booked_charged_ticks')} and ${fact('booked_released_ticks')}.`,
      remedy: RESTORE,
    }),
    'charge-without-request': (fact: Fact) => ({
      text: `${fact('charged_ticks')} was charged, and the request's row is missing or says less (${fact('cost_ticks')}).`,
      remedy: RESTORE,
    }),
    'request-without-charge': (fact: Fact) => ({
      text: `The request's row says it cost ${fact('cost_ticks')}, and ${fact('charged_ticks')} was charged.`,
      remedy: RESTORE,
    }),
    'request-misfiled': (fact: Fact) => ({
      text: `The request's row names another team, key or model than the hold it was charged to (team ${fact('held_by')}).`,
      remedy: RESTORE,
    }),
    'cost-differs-from-price': (fact: Fact) => ({
      text: `The request cost ${fact('cost_ticks')}; by its tokens and the prices in force it costs ${fact('priced_ticks')}.`,
      remedy: CORRECT,
    }),
    'price-not-in-force': (fact: Fact) => ({
      text: `The request came at ${fact('at')} and was charged by the prices from ${fact('priced_from_at')}, which were not in force then.`,
      remedy: CORRECT,
    }),
    'usage-differs-from-report': (fact: Fact) => ({
      text: `Charged: ${fact('usage_input_tokens')} tokens in (${fact('usage_cached_input_tokens')} cached), ${fact('usage_output_tokens')} out, ${fact('usage_reasoning_tokens')} reasoning. The upstream reported ${fact('reported_input_tokens')} (${fact('reported_cached_input_tokens')}), ${fact('reported_output_tokens')}, ${fact('reported_reasoning_tokens')}.`,
      remedy: CORRECT,
    }),
    'usage-without-report': (fact: Fact) => ({
      text: `${fact('usage_input_tokens')} tokens in and ${fact('usage_output_tokens')} out were charged as exact, and the upstream reported none.`,
      remedy: CORRECT,
    }),
    'rollup-differs': () => ({
      text: 'The figures of a day do not add up to its requests.',
      remedy: 'The requests decide: stop the server and run turnpike audit --rebuild',
    }),
  } satisfies Readonly<Record<AuditFindingKind, (fact: Fact) => { text: string; remedy: string }>>,
};

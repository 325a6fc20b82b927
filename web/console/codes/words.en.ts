import type { CodeState } from './code-state.ts';

export const en = {
  title: 'Codes',
  lead: 'A code gives credit to each team that redeems it, once.',
  grant: 'To give credit to a team that is here already, grant it',
  grantPlace: 'on the page of a person.',
  loading: 'Loading codes',
  failed: 'The codes could not be loaded.',
  again: 'Try now',
  didNotWork: 'That did not work. Check the connection and try again.',
  close: 'Close',
  none: '—',
  more: 'Show more',
  loadingMore: 'Loading…',
  empty: {
    title: 'No codes yet',
    text: 'Make codes for a class, a trial or a sale. Whoever has one redeems it on their Credit page.',
  },
  heads: {
    code: 'Code',
    state: 'State',
    until: 'Good until',
    made: 'Made',
    used: 'Used',
    amount: 'Worth',
    actions: 'What can be done',
  },
  states: {
    open: 'Open',
    used: 'Used up',
    over: 'Expired',
    ended: 'Revoked',
  } satisfies Record<CodeState, string>,
  noEnd: 'no end',
  usedOf: (done: number, most: number) => `${done.toLocaleString('en')} of ${most.toLocaleString('en')}`,
  usesOf: (code: string, used: string) => `${used}: who used ${code}`,
  make: {
    action: 'Make codes',
    title: 'Make codes',
    amount: 'Worth in US dollars',
    badAmount: 'Type an amount above zero, such as 5 or 12.50.',
    count: 'How many codes',
    uses: 'Uses of each',
    usesHint: 'A team can use a code once, whatever its uses.',
    until: 'Last day',
    untilHint: 'Leave it empty for codes that do not expire.',
    memo: 'Note',
    memoHint: 'Shown here, and in the statement of a team that redeems it.',
    most: (amount: string) => `${amount} at most, if all are used.`,
    save: (count: number): string =>
      count === 1 ? 'Make 1 code' : `Make ${count.toLocaleString('en')} codes`,
    saving: 'Making…',
  },
  made: {
    title: (count: number): string => (count === 1 ? '1 code was made' : `${count} codes were made`),
    text: 'They are shown once: only a fingerprint of each is kept here.',
    label: 'The new codes',
    copy: 'Copy',
    copied: 'Copied',
    taken: 'I have kept them somewhere safe',
    done: 'Done',
  },
  uses: {
    title: (code: string) => `Who used ${code}`,
    failed: 'Who used it could not be loaded.',
    team: 'Team',
    person: 'Person',
    at: 'When',
    gone: 'no longer here',
  },
  ending: {
    action: 'Revoke',
    label: (code: string) => `Revoke ${code}`,
    title: (code: string) => `Revoke ${code}?`,
    text: (done: number) =>
      done === 0
        ? 'Nobody has used it, and nobody can from now on.'
        : `Nobody can use it from now on. The credit of ${done.toLocaleString('en')} ${done === 1 ? 'use' : 'uses'} stays.`,
    keep: 'Keep it',
    go: 'Revoke code',
    going: 'Revoking…',
  },
};

export type CodesWords = typeof en;

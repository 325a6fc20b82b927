import type { RefusalFacts } from '../../domain/refusal.ts';

type Fact = (name: string) => string;

/** What the command line says about codes that give credit, in English. */
export const englishCodes = {
  labels: { code: 'Code', most_uses: 'Of', uses: 'Uses' },
  done: {
    'codes create': () =>
      'They are shown only now: keep them safe. Each is redeemed on the page of credit, once by a team.',
    'codes revoke': (fact: Fact) => `The code ${fact('id')} gives nobody credit any more.`,
  },
  refusals: {
    'bad-code-count': ({ most, mostUses }: RefusalFacts['bad-code-count']) =>
      `1 to ${most} codes are made at once, each for 1 to ${mostUses} teams.`,
    'unknown-code': () => 'There is no such code. Check it for letters that were left out.',
    'code-over': () => 'This code has expired or was taken back.',
    'code-used': ({ by }: RefusalFacts['code-used']): string =>
      by === 'team' ? 'Your team has used this code already.' : 'This code has been used up.',
  },
};

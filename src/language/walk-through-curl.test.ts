import { expect, test } from 'bun:test';
import { KEY_PLACEHOLDER, walkThroughCurl } from './walk-through-curl.ts';

const KEY = `xai-${'k1Z'.repeat(26)}ab`;

/** What a shell hands to a program called `curl` when the text is pasted. */
function pasted(command: string, environment: Record<string, string> = {}): string[] {
  // A function takes curl's place; the newline before `}` also proves that the command ends by itself.
  const script = `curl() { for argument in "$@"; do printf '%s\\0' "$argument"; done; }\n${command}\n`;
  const run = Bun.spawnSync(['sh', '-euc', script], { env: environment });
  expect(run.stderr.toString()).toBe('');
  return run.stdout.toString().split('\0').slice(0, -1);
}

test('is the call of the walk-through when a shell reads it', () => {
  const [url, ...rest] = pasted(walkThroughCurl('http://127.0.0.1:7070', KEY));
  expect(url).toBe('http://127.0.0.1:7070/v1/chat/completions');
  expect(rest.slice(0, 5)).toEqual([
    '-H',
    'Content-Type: application/json',
    '-H',
    `Authorization: Bearer ${KEY}`,
    '-d',
  ]);
  expect(rest).toHaveLength(6);
  expect(JSON.parse(rest[5] ?? '')).toEqual({
    messages: [
      {
        role: 'system',
        content: 'You are Grok, a chatbot inspired by the Hitchhikers Guide to the Galaxy.',
      },
      { role: 'user', content: 'What is the meaning of life, the universe, and everything?' },
    ],
    model: 'grok-beta',
    stream: false,
    temperature: 0,
  });
});

test('the placeholder is filled in by the shell', () => {
  const words = pasted(walkThroughCurl('https://models.example.com', KEY_PLACEHOLDER), {
    TURNPIKE_API_KEY: KEY,
  });
  expect(words[4]).toBe(`Authorization: Bearer ${KEY}`);
});

test('an IPv6 address is kept from the shell', () => {
  const command = walkThroughCurl('http://[::1]:7070', KEY);
  expect(command.split('\n')[0]).toBe("curl 'http://[::1]:7070/v1/chat/completions' \\");
  expect(pasted(command)[0]).toBe('http://[::1]:7070/v1/chat/completions');
});

test('refuses what a shell would act on', () => {
  for (const host of ['$(id)', 'a;b', "a'b", 'a b', 'a`b`', 'a\nb', 'a&b', 'a\\b', 'a"b']) {
    expect(() => walkThroughCurl(`http://${host}`, KEY)).toThrow(RangeError);
    expect(() => walkThroughCurl('http://localhost', host)).toThrow(RangeError);
  }
});

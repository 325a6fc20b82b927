import { describe, expect, test } from 'bun:test';
import { readPasted, shownKey } from './read-pasted.ts';

const XAI = 'xai-AAAABBBBCCCCDDDDEEEEFFFFQd3k';
const BODY = '{"model":"grok-beta","messages":[{"role":"user","content":"it\'s"}]}';

/** Provider, base URL, key and model, in one line. */
function read(text: string, more: { provider?: string; key?: string } = {}): string {
  const pasted = readPasted({ text, ...more });
  if (pasted.kind === 'unclear')
    return [pasted.why, ...pasted.candidates.slice(0, 3).map(({ id }) => id)].join(' ');
  return [pasted.provider?.id ?? '-', pasted.baseUrl, pasted.key ?? '-', pasted.model ?? '-'].join(' ');
}

const WHOLE = `xai https://api.x.ai/v1 ${XAI} grok-beta`;

describe('a curl command', () => {
  test.each([
    [
      'with lines that go on',
      `curl https://api.x.ai/v1/chat/completions \\\n  -H "Content-Type: application/json" \\\n  -H "Authorization: Bearer ${XAI}" \\\n  -d '{"model":"grok-beta"}'`,
    ],
    [
      'with spaces after the backslash and CRLF',
      `curl https://api.x.ai/v1/chat/completions \\  \r\n-H 'Authorization: Bearer ${XAI}' -d '{"model": "grok-beta"}'`,
    ],
    [
      'with options that hold their value',
      `curl --request=POST --url=https://api.x.ai/v1/chat/completions --header="authorization: bearer ${XAI}" --data='{"model":"grok-beta"}'`,
    ],
    [
      'with values that touch their option',
      `curl -XPOST https://api.x.ai/v1/chat/completions -H"Authorization: Bearer ${XAI}" -d'{"model":"grok-beta"}'`,
    ],
    [
      'as Windows copies it',
      `curl ^"https://api.x.ai/v1/chat/completions^" ^\r\n  -H ^"Authorization: Bearer ${XAI}^" ^\r\n  -d ^"{\\^"model\\^":\\^"grok-beta\\^"}^"`,
    ],
    [
      'of a Windows prompt',
      `curl.exe https://api.x.ai/v1/chat/completions ^\r\n  -H "Authorization: Bearer ${XAI}" ^\r\n  -d "{\\"model\\":\\"grok-beta\\"}"`,
    ],
    [
      'as a browser copies it',
      `curl 'https://api.x.ai/v1/chat/completions' -H 'authorization: Bearer ${XAI}' --compressed --data-raw $'{"model":"grok-beta","a":"it\\'s \\u0021"}'`,
    ],
    [
      'after a prompt',
      `$ curl -sS -N https://api.x.ai/v1/chat/completions -H "Authorization: Bearer ${XAI}" --json '{"model":"grok-beta"}'`,
    ],
    [
      'of PowerShell',
      `curl https://api.x.ai/v1/chat/completions \`\n -H "Authorization: Bearer ${XAI}" \`\n -d '{"model":"grok-beta"}'`,
    ],
    [
      'whose body has a quote',
      `curl https://api.x.ai/v1/chat/completions -H "Authorization: Bearer ${XAI}" -d '${BODY.replace("'", "'\\''")}'`,
    ],
    [
      'with a password option',
      `curl https://api.x.ai/v1/chat/completions --oauth2-bearer ${XAI} -d '{"model":"grok-beta"}'`,
    ],
    [
      'with a query',
      `curl "https://api.x.ai/v1/chat/completions?a=1#b" -H "Authorization: Bearer ${XAI}" -d '{"model":"grok-beta"}'`,
    ],
  ])('%s', (_, text) => {
    expect(read(text)).toBe(WHOLE);
  });

  test.each([
    [
      'of another server',
      'curl localhost:11434/v1/chat/completions -d \'{"model":"qwen3:4b"}\'',
      '- http://localhost:11434/v1 - qwen3:4b',
    ],
    [
      'of a list of models',
      `curl https://api.openai.com/v1/models -H "Authorization: Bearer ${'sk-proj-a1'.repeat(3)}"`,
      `openai https://api.openai.com/v1 ${'sk-proj-a1'.repeat(3)} -`,
    ],
    [
      'with the key of Azure',
      'curl https://me.openai.azure.com/openai/v1/chat/completions -H "api-key: abcdef0123456789"',
      '- https://me.openai.azure.com/openai/v1 abcdef0123456789 -',
    ],
    [
      'with the key of Anthropic',
      `curl https://api.anthropic.com/v1/messages -H "x-api-key: sk-ant-${'a1'.repeat(10)}"`,
      `anthropic https://api.anthropic.com/v1 sk-ant-${'a1'.repeat(10)} -`,
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['a body in a file', 'curl https://api.x.ai/v1/chat/completions -d @body.json', 'reads-file'],
    [
      'a body in a file, with =',
      'curl https://api.x.ai/v1/chat/completions --data-binary=@body.json',
      'reads-file',
    ],
    ['headers in a file', 'curl https://api.x.ai/v1/models -H @headers', 'reads-file'],
    ['a file of options', 'curl -K options.txt', 'reads-file'],
    [
      'a key that is a variable',
      'curl https://api.x.ai/v1/models -H "Authorization: Bearer $XAI_API_KEY"',
      'key-is-variable',
    ],
    [
      'a key in a placeholder',
      'curl https://api.x.ai/v1/models -H "Authorization: Bearer <YOUR KEY>"',
      'key-is-variable',
    ],
    ['a quote without an end', 'curl "https://api.x.ai/v1/models', 'unclosed-quote'],
    ['no address', 'curl -H "Accept: application/json"', 'no-address'],
    ['another scheme', 'curl ftp://example.com/v1', 'address-scheme'],
    ['a password in the address', 'curl https://me:secret@example.com/v1', 'address-credentials'],
  ])('is refused for %s', (_, text, why) => {
    expect(read(text)).toBe(why);
  });

  test('that begins with @ in a body that is sent as it is', () => {
    expect(read('curl https://api.x.ai/v1/models --data-raw @x')).toBe('xai https://api.x.ai/v1 - -');
  });
});

describe('a key', () => {
  test.each([
    [XAI, `xai https://api.x.ai/v1 ${XAI} -`],
    [`  ${XAI}\n`, `xai https://api.x.ai/v1 ${XAI} -`],
    [`Authorization: Bearer ${XAI}`, `xai https://api.x.ai/v1 ${XAI} -`],
    [`sk-or-v1-${'a1'.repeat(20)}`, `openrouter https://openrouter.ai/api/v1 sk-or-v1-${'a1'.repeat(20)} -`],
    [`gsk_${'a1'.repeat(20)}`, `groq https://api.groq.com/openai/v1 gsk_${'a1'.repeat(20)} -`],
    [
      `${'0a'.repeat(16)}.${'Ab'.repeat(8)}`,
      `zhipu https://open.bigmodel.cn/api/paas/v4 ${'0a'.repeat(16)}.${'Ab'.repeat(8)} -`,
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('that may be of several providers is sent to none of them until the person says', () => {
    const key = `sk-${'a1'.repeat(20)}`;
    expect(read(key)).toBe('which-provider openai deepseek moonshot');
    expect(read(key, { provider: 'deepseek' })).toBe(`deepseek https://api.deepseek.com/v1 ${key} -`);
  });

  test('beside its address goes there, whatever it looks like', () => {
    expect(read(`https://llm.example.com/v1/ ${XAI}`)).toBe(`- https://llm.example.com/v1 ${XAI} -`);
  });
});

describe('an address', () => {
  test.each([
    ['https://api.x.ai', 'xai https://api.x.ai/v1 - -'],
    ['api.x.ai/v1/chat/completions', 'xai https://api.x.ai/v1 - -'],
    ['https://us-east-1.api.x.ai/v1', 'xai https://us-east-1.api.x.ai/v1 - -'],
    ['https://openrouter.ai', 'openrouter https://openrouter.ai/api/v1 - -'],
    ['https://api.groq.com', 'groq https://api.groq.com/openai/v1 - -'],
    [
      'https://open.bigmodel.cn/api/paas/v4/chat/completions',
      'zhipu https://open.bigmodel.cn/api/paas/v4 - -',
    ],
    [
      'https://generativelanguage.googleapis.com',
      'gemini https://generativelanguage.googleapis.com/v1beta/openai - -',
    ],
    ['127.0.0.1:8000', '- http://127.0.0.1:8000/v1 - -'],
    ['gpu-01:30000/v1/', '- http://gpu-01:30000/v1 - -'],
    ['[::1]:1234', '- http://[::1]:1234/v1 - -'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('with a key given by itself', () => {
    expect(read('https://llm.example.com', { key: ' abc ' })).toBe('- https://llm.example.com/v1 abc -');
  });
});

describe('settings with both', () => {
  test.each([
    ['lines of an .env', `OPENAI_BASE_URL=https://api.x.ai/v1\nOPENAI_API_KEY=${XAI}\nMODEL=grok-beta`],
    ['JSON', JSON.stringify({ base_url: 'https://api.x.ai/v1', api_key: XAI, model: 'grok-beta' })],
    ['YAML', `baseURL: 'https://api.x.ai/v1'\napiKey: "${XAI}"\nmodel: grok-beta`],
    ['a client of Python', `OpenAI(base_url="https://api.x.ai/v1", api_key="${XAI}")  # model="grok-beta"`],
  ])('%s', (_, text) => {
    expect(read(text)).toBe(WHOLE);
  });

  test('with two addresses are not guessed at', () => {
    expect(read(`https://a.example/v1 https://b.example/v1 ${XAI}`)).toBe('two-addresses');
  });
});

test.each([
  ['api.x.ai', 'xAI'],
  ['127.0.0.1:11434', 'Ollama'],
  ['gpu-01:8000', 'gpu-01:8000'],
])('%s is called %s', (text, label) => {
  expect(readPasted({ text })).toMatchObject({ label });
});

test.each([
  ['', 'empty'],
  ['   \n', 'empty'],
  ['what is this', 'nothing-found'],
  ['x'.repeat(100_001), 'too-long'],
])('%#: nothing to connect', (text, why) => {
  expect(read(text)).toBe(why);
});

test('a key is shown so that its owner knows it, and no more of it', () => {
  expect(shownKey(XAI)).toBe('xai-…Qd3k');
  expect(shownKey('0123456789abcdef0123')).toBe('…0123');
  expect(shownKey('short')).toBe('…');
});

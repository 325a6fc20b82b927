import type { CallBody } from './draft.ts';

/** Stands where the reader's key belongs; no key is ever in these texts. */
const KEY = 'TURNPIKE_API_KEY';

export const LANGUAGES = ['curl', 'python', 'typescript'] as const;
export type CallLanguage = (typeof LANGUAGES)[number];

/** The same call as a program of the reader's own would make it. `baseUrl` is up to and including `/v1`. */
export function callText(language: CallLanguage, baseUrl: string, body: CallBody): string {
  if (language === 'curl') return curlText(baseUrl, body);
  return language === 'python' ? pythonText(baseUrl, body) : typescriptText(baseUrl, body);
}

function curlText(baseUrl: string, body: CallBody): string {
  // The brackets of an IPv6 address are a pattern to zsh.
  return `curl ${quoted(`${baseUrl}/chat/completions`)} \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $${KEY}" \\
  -d ${quoted(JSON.stringify(body, null, 2))}`;
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What OpenAI's package for Python takes by name; the rest goes into the body beside it. */
const NAMED: ReadonlySet<string> = new Set([
  ...['model', 'messages', 'stream', 'temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'stop'],
  ...['seed', 'tools', 'tool_choice', 'response_format', 'frequency_penalty', 'presence_penalty', 'n'],
  ...['logprobs', 'top_logprobs', 'parallel_tool_calls', 'user', 'reasoning_effort', 'stream_options'],
  ...['logit_bias', 'service_tier'],
]);

function pythonText(baseUrl: string, body: CallBody): string {
  const members = Object.entries(body);
  const named = members.filter(([name]) => NAMED.has(name));
  const rest = members.filter(([name]) => !NAMED.has(name));
  const given = [
    ...named.map(([name, value]) => `    ${name}=${pythonValue(value, '    ')},\n`),
    ...(rest.length === 0 ? [] : [`    extra_body=${pythonValue(Object.fromEntries(rest), '    ')},\n`]),
  ];
  return `# pip install openai
import os
from openai import OpenAI

client = OpenAI(
    api_key=os.environ["${KEY}"],
    base_url=${JSON.stringify(baseUrl)},
)
completion = client.chat.completions.create(
${given.join('')})
${
  body.stream === true
    ? `for chunk in completion:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)`
    : 'print(completion.choices[0].message.content)'
}`;
}

/** JSON's texts and numbers are Python's; the three words are not. */
function pythonValue(value: unknown, indent: string): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}    `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => pythonValue(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${pythonValue(item, inner)}`);
  return items.length === 0
    ? open + close
    : `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}${close}`;
}

function typescriptText(baseUrl: string, body: CallBody): string {
  return `// npm install openai
import OpenAI from 'openai';

const client = new OpenAI({
  apiKey: process.env.${KEY},
  baseURL: ${JSON.stringify(baseUrl)},
});
const completion = await client.chat.completions.create(${JSON.stringify(body, null, 2)});
${
  body.stream === true
    ? `for await (const chunk of completion) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? '');
}`
    : 'console.log(completion.choices[0]?.message.content);'
}`;
}

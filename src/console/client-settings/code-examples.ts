import { KEY_PLACEHOLDER } from '../../language/walk-through-curl.ts';

/** The walk-through's own question, as every example asks it. */
const SYSTEM = 'You are Grok, a chatbot inspired by the Hitchhikers Guide to the Galaxy.';
const QUESTION = 'What is the meaning of life, the universe, and everything?';

/** The first call with OpenAI's package for Python. */
export function pythonExample(baseUrl: string, model: string): string {
  return `# pip install openai
from openai import OpenAI

client = OpenAI(
    api_key="${KEY_PLACEHOLDER}",
    base_url="${baseUrl}/v1",
)
completion = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[
        {"role": "system", "content": "${SYSTEM}"},
        {"role": "user", "content": "${QUESTION}"},
    ],
)
print(completion.choices[0].message.content)`;
}

/** The same with OpenAI's package for JavaScript and TypeScript. */
export function typescriptExample(baseUrl: string, model: string): string {
  return `// npm install openai
import OpenAI from 'openai';

const client = new OpenAI({
  apiKey: '${KEY_PLACEHOLDER}',
  baseURL: '${baseUrl}/v1',
});
const completion = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [
    { role: 'system', content: '${SYSTEM}' },
    { role: 'user', content: '${QUESTION}' },
  ],
});
console.log(completion.choices[0]?.message.content);`;
}

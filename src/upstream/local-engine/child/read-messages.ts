import { badField, unsupported } from './api-error.ts';

/** A message as every chat template knows it. */
export interface PlainMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The messages of a request as plain text; what a text model cannot take is refused. */
export function readMessages(value: unknown): PlainMessage[] {
  if (!Array.isArray(value) || value.length === 0)
    throw badField('messages', 'must be a list with a message in it');
  return value.map((message: unknown, index) => {
    const where = `messages[${index}]`;
    if (typeof message !== 'object' || message === null) throw badField(where, 'must be an object');
    return readMessage(message as Fields, where);
  });
}

function readMessage(message: Fields, where: string): PlainMessage {
  const text = readContent(message.content, `${where}.content`);
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: text };
    case 'user':
      return { role: 'user', content: text };
    case 'assistant':
      return {
        role: 'assistant',
        content: [text, ...writeCalls(message)].filter((part) => part !== '').join('\n'),
      };
    case 'tool':
    case 'function':
      // Small models' templates have no such role; as a user's words, the result is at least read.
      return { role: 'user', content: `Result of ${nameOf(message)}:\n${text}` };
    default:
      throw badField(`${where}.role`, 'must be system, developer, user, assistant, tool or function');
  }
}

/** Calls that another model made earlier in the conversation. */
function writeCalls(message: Fields): string[] {
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return calls.flatMap((call: unknown) => {
    const called = (call as { function?: { name?: unknown; arguments?: unknown } } | null)?.function;
    return typeof called?.name === 'string'
      ? [`Called ${called.name} with ${String(called.arguments ?? '{}')}`]
      : [];
  });
}

function nameOf(message: Fields): string {
  for (const field of ['name', 'tool_call_id']) {
    const value = message[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return 'a tool';
}

function readContent(content: unknown, where: string): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw badField(where, 'must be a text or a list of parts');
  return content
    .map((part: unknown) => {
      const { type, text, refusal } = (part ?? {}) as Fields;
      if (type === 'text' && typeof text === 'string') return text;
      if (type === 'refusal' && typeof refusal === 'string') return refusal;
      if (type === 'image_url') throw unsupported(where, 'images');
      throw unsupported(where, `parts of the type ${String(type).slice(0, 40)}`);
    })
    .join('\n');
}

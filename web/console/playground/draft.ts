/** A call of a function, as a model asks for it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
}

export interface DraftMessage {
  /** Tells the rows of the page apart. */
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'tool';
  readonly text: string;
  /** As data URLs; of the user's only. */
  readonly images: readonly string[];
  /** Of the assistant's only. */
  readonly toolCalls: readonly ToolCall[];
  /** Which call a tool answers. */
  readonly toolCallId: string;
}

export const NUMBERS = ['temperature', 'top_p', 'max_tokens', 'seed'] as const;
export type NumberName = (typeof NUMBERS)[number];

/** A call as it stands in the page: texts as they were typed. */
export interface Draft {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly DraftMessage[];
  readonly stream: boolean;
  readonly numbers: Readonly<Record<NumberName, string>>;
  /** One on a line. */
  readonly stops: string;
  readonly format: 'text' | 'json_object';
  /** A JSON array. */
  readonly tools: string;
  /** A JSON object, whose members go into the body as they are. */
  readonly more: string;
}

export type DraftFault = 'model' | 'messages' | NumberName | 'tools' | 'more';
export type CallBody = Readonly<Record<string, unknown>>;

export function emptyMessage(role: DraftMessage['role'], part: Partial<DraftMessage> = {}): DraftMessage {
  return { id: crypto.randomUUID(), role, text: '', images: [], toolCalls: [], toolCallId: '', ...part };
}

export function newDraft(): Draft {
  return {
    model: '',
    system: '',
    messages: [emptyMessage('user')],
    stream: true,
    numbers: { temperature: '', top_p: '', max_tokens: '', seed: '' },
    stops: '',
    format: 'text',
    tools: '',
    more: '',
  };
}

const RANGES: Readonly<Record<NumberName, readonly [least: number, most: number, isWhole: boolean]>> = {
  temperature: [0, 2, false],
  top_p: [0, 1, false],
  max_tokens: [1, 2_147_483_647, true],
  seed: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true],
};

/** The body of the call, or the field that cannot be read. What was left empty is not in it. */
export function readDraft(draft: Draft): CallBody | DraftFault {
  if (draft.model === '') return 'model';
  const messages = draft.messages.filter(isSaid);
  if (messages.length === 0) return 'messages';
  const numbers: Partial<Record<NumberName, number>> = {};
  for (const name of NUMBERS) {
    const typed = draft.numbers[name].trim();
    if (typed === '') continue;
    const [least, most, isWhole] = RANGES[name];
    const value = Number(typed);
    if (!(value >= least && value <= most) || (isWhole && !Number.isSafeInteger(value))) return name;
    numbers[name] = value;
  }
  const tools = readJson(draft.tools);
  if (tools !== undefined && !Array.isArray(tools)) return 'tools';
  const more = readJson(draft.more);
  if (more !== undefined && (typeof more !== 'object' || more === null || Array.isArray(more))) return 'more';
  const stops = draft.stops.split('\n').filter((stop) => stop !== '');
  return {
    model: draft.model,
    messages: [
      ...(draft.system.trim() === '' ? [] : [{ role: 'system', content: draft.system }]),
      ...messages.map(messageOf),
    ],
    stream: draft.stream,
    ...numbers,
    ...(stops.length > 0 && { stop: stops }),
    ...(draft.format !== 'text' && { response_format: { type: draft.format } }),
    ...(Array.isArray(tools) && tools.length > 0 && { tools }),
    ...(more as CallBody | undefined),
  };
}

/** A tool may well answer nothing; an empty message of others was not written yet. */
function isSaid({ role, text, images, toolCalls }: DraftMessage): boolean {
  return role === 'tool' || text.trim() !== '' || images.length > 0 || toolCalls.length > 0;
}

function messageOf({ role, text, images, toolCalls, toolCallId }: DraftMessage): CallBody {
  if (role === 'tool') return { role, tool_call_id: toolCallId, content: text };
  if (role === 'assistant' && toolCalls.length > 0) {
    const calls = toolCalls.map(({ id, name, arguments: given }) => ({
      id,
      type: 'function',
      function: { name, arguments: given },
    }));
    return { role, content: text === '' ? null : text, tool_calls: calls };
  }
  if (role === 'assistant' || images.length === 0) return { role, content: text };
  const parts = images.map((url) => ({ type: 'image_url', image_url: { url } }));
  return { role, content: [...parts, ...(text.trim() === '' ? [] : [{ type: 'text', text }])] };
}

/** Undefined for nothing; a text that is no JSON is told apart by being one. */
function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import type { GoResponse } from './send-as-go.ts';

/** How One API reads what a channel of type 45 or 50 answers: its rules, told anew from its source. */

/** Go's `bufio.Scanner` gives up at a longer line, and One API ends the answer there without a word. */
const LONGEST_LINE_BYTES = 64 * 1024;

interface GoUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export interface WholeAnswer {
  readonly content: unknown;
  readonly usage: GoUsage | undefined;
  /** What makes One API fail, or lose a part of the answer. */
  readonly troubles: readonly string[];
}

export function readWhole(response: GoResponse): WholeAnswer {
  const answer = JSON.parse(response.body);
  const [choice] = answer.choices ?? [];
  const troubles = [...troublesOf(response, 'application/json'), ...misfits(answer, choice?.message)];
  // An `error` with a type makes a failure of a 200.
  if (answer.error?.type) troubles.push(`error ${answer.error.type}`);
  if (typeof choice?.message?.content !== 'string') troubles.push('content is no string');
  return { content: choice?.message?.content, usage: answer.usage, troubles };
}

export interface StreamedAnswer {
  readonly text: string;
  readonly usage: GoUsage | undefined;
  readonly finishReasons: readonly string[];
  readonly isDone: boolean;
  readonly troubles: readonly string[];
}

export function readStream(response: GoResponse): StreamedAnswer {
  const troubles = troublesOf(response, 'text/event-stream');
  let text = '';
  let usage: GoUsage | undefined;
  let isDone = false;
  const finishReasons: string[] = [];
  for (const line of response.body.split('\n').map((ended) => ended.replace(/\r$/, ''))) {
    if (Buffer.byteLength(line) >= LONGEST_LINE_BYTES) {
      troubles.push('a line of 64 KB');
      break;
    }
    if (line.startsWith('data:') && !line.startsWith('data: ')) troubles.push('data without a space');
    if (!line.startsWith('data: ')) continue;
    if (line.slice(6).startsWith('[DONE]')) {
      isDone = true;
      continue;
    }
    const chunk = JSON.parse(line.slice(6));
    const choices = chunk.choices ?? [];
    if (choices.length === 0 && chunk.usage == null) continue;
    for (const { delta, finish_reason } of choices) {
      troubles.push(...misfits(chunk, delta));
      text += delta.content ?? '';
      if (finish_reason != null) finishReasons.push(finish_reason);
    }
    usage = chunk.usage ?? usage;
  }
  return { text, usage, finishReasons, isDone, troubles };
}

function troublesOf({ status, headers }: GoResponse, type: string): string[] {
  return [
    ...(status === 200 ? [] : [`status ${status}`]),
    // A stream whose type is JSON is taken for an error.
    ...(headers['content-type']?.startsWith(type) === true
      ? []
      : [`content type ${headers['content-type']}`]),
  ];
}

/** Members that do not fit the Go structs they are read into; Go then throws away all of the answer. */
function misfits(answer: Record<string, unknown>, message: Record<string, unknown> | undefined): string[] {
  const usage = Object.entries(answer.usage ?? {}).filter(([name]) => name.endsWith('_tokens'));
  const numbers = [['created', answer.created], ...usage] as const;
  const texts = [
    ['id', answer.id],
    ['object', answer.object],
    ['model', answer.model],
    ['role', message?.role ?? ''],
    ['content', message?.content ?? ''],
  ] as const;
  return [
    ...numbers.filter(([, value]) => !Number.isSafeInteger(value)),
    ...texts.filter(([, value]) => typeof value !== 'string'),
  ].map(([name]) => `${name} is of another type`);
}

/** What One API's own caller and its operator get to see of a channel's failure. */
export interface ReadFailure {
  readonly message: string;
  readonly type: string;
  readonly code: unknown;
  /** The channel is switched off until somebody looks at it. */
  readonly switchesChannelOff: boolean;
}

const TYPES_THAT_SWITCH_OFF = ['insufficient_quota', 'authentication_error', 'permission_error', 'forbidden'];

export function readFailure({ status, body }: GoResponse): ReadFailure {
  const { error } = JSON.parse(body);
  // Go cannot put a sentence where it expects an object, and gives up with nothing.
  const given =
    typeof error === 'object' && error !== null
      ? error
      : { message: '', type: 'upstream_error', code: 'bad_response_status_code' };
  const { message, type, code } = given;
  const switchesChannelOff =
    status === 401 ||
    TYPES_THAT_SWITCH_OFF.includes(type) ||
    code === 'invalid_api_key' ||
    code === 'account_deactivated' ||
    message.includes('credit') ||
    message.includes('balance');
  return { message, type, code, switchesChannelOff };
}

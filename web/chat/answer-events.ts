/** One event of the log of an answer. */
export interface AnswerEvent {
  readonly number: number;
  readonly kind: string;
  /** The piece of text; of an end, its state. */
  readonly text: string;
}

/** Takes the events out of what has arrived, and leaves the beginning of the next one. */
export function takeEvents(received: string): {
  readonly events: readonly AnswerEvent[];
  readonly rest: string;
} {
  const parts = received.split('\n\n');
  const rest = parts.pop() ?? '';
  return { events: parts.flatMap(readEvent), rest };
}

/** Comments and the advice to retry are no events. */
function readEvent(part: string): AnswerEvent[] {
  const member = (name: string) => part.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1];
  const [kind, number, data] = [member('event'), member('id'), member('data')];
  if (kind === undefined || number === undefined || data === undefined) return [];
  const { text, state } = JSON.parse(data) as { text?: string; state?: string };
  return [{ number: Number(number), kind, text: text ?? state ?? '' }];
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before the connection is tried again: twice as long each time, and not all pages at once. */
export function waitBeforeTry(failures: number, chance: number): number {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return most / 2 + (chance * most) / 2;
}

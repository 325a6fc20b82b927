import type { PlainMessage } from './read-messages.ts';

/** A way to arrange messages so that a model's template takes them all. */
export type MessageLayout = (messages: readonly PlainMessage[]) => PlainMessage[];

/** Most templates take messages as they are. */
const asTheyAre: MessageLayout = (messages) => [...messages];

/** Some know one system message, at the start. */
const systemFirst: MessageLayout = (messages) => {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  const first: PlainMessage[] = system.length === 0 ? [] : [{ role: 'system', content: system.join('\n\n') }];
  return [...first, ...others];
};

/** Some know no system message, and want user and assistant to take turns, the user first. */
const turnsOnly: MessageLayout = (messages) => {
  const turns: PlainMessage[] = [];
  for (const message of systemFirst(messages)) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role)
      turns[turns.length - 1] = { role, content: `${last.content}\n\n${message.content}` };
    else turns.push({ role, content: message.content });
  }
  return turns[0]?.role === 'assistant' ? [{ role: 'user', content: '' }, ...turns] : turns;
};

const LAYOUTS = [asTheyAre, systemFirst, turnsOnly];

/** A conversation with everything that templates stumble over; each text occurs nowhere else. */
const PROBE: readonly PlainMessage[] = [
  { role: 'system', content: 'probe-one' },
  { role: 'user', content: 'probe-two' },
  { role: 'user', content: 'probe-three' },
  { role: 'assistant', content: 'probe-four' },
  { role: 'system', content: 'probe-five' },
  { role: 'user', content: 'probe-six' },
];

/** The first layout with which the template leaves no message out and raises no error. */
export function chooseLayout(
  render: (messages: readonly PlainMessage[]) => string,
): MessageLayout | undefined {
  return LAYOUTS.find((layout) => {
    try {
      const rendered = render(layout(PROBE));
      return PROBE.every(({ content }) => rendered.includes(content));
    } catch {
      return false;
    }
  });
}

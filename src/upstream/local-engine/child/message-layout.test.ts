import { expect, test } from 'bun:test';
import { chooseLayout } from './message-layout.ts';
import type { PlainMessage } from './read-messages.ts';

const talk: PlainMessage[] = [
  { role: 'user', content: 'a' },
  { role: 'system', content: 's' },
  { role: 'user', content: 'b' },
];
const join = (messages: readonly PlainMessage[]) =>
  messages.map(({ role, content }) => `${role}:${content}`).join(' ');

test('a template that takes everything gets the messages as they are', () => {
  expect(chooseLayout(join)?.(talk)).toEqual(talk);
});

test('a template that knows one system message, at the start, gets it there', () => {
  const layout = chooseLayout((messages) => {
    if (messages.slice(1).some(({ role }) => role === 'system')) throw new Error('system must be first');
    return join(messages);
  });
  expect(join(layout?.(talk) ?? [])).toBe('system:s user:a user:b');
});

test('a template that leaves system messages out is not trusted with them', () => {
  const layout = chooseLayout((messages) => join(messages.filter(({ role }) => role !== 'system')));
  expect(join(layout?.(talk) ?? [])).toBe('user:s\n\na\n\nb');
});

test('a template that wants turns gets turns, the user first', () => {
  const layout = chooseLayout((messages) => {
    const isRight = messages.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'));
    if (!isRight) throw new Error('roles must alternate');
    return join(messages);
  });
  expect(join(layout?.([{ role: 'assistant', content: 'x' }, ...talk]) ?? [])).toBe(
    'user:s assistant:x user:a\n\nb',
  );
});

test('a template that cannot be served is told', () => {
  expect(chooseLayout(() => '')).toBeUndefined();
});

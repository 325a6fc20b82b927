import { expect, test } from 'bun:test';
import { mailboxOf } from './mailbox.ts';

test.each([
  ['Arthur@Example.com', 'arthur@example.com'],
  ['arthur+free@example.com', 'arthur@example.com'],
  ['arthur+a+b@example.com', 'arthur@example.com'],
  ['arthur.dent@example.com', 'arthur.dent@example.com'],
  ['ar.thur.dent+x@gmail.com', 'arthurdent@gmail.com'],
  ['arthurdent@googlemail.com', 'arthurdent@gmail.com'],
  ['+@example.com', '+@example.com'],
])('%s is the mailbox %s', (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox);
});

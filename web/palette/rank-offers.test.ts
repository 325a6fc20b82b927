import { expect, test } from 'bun:test';
import { type Offer, type OfferGroup, rankOffers } from './rank-offers.ts';

const offer = (group: OfferGroup, label: string, more: Partial<Offer> = {}): Offer => ({
  ...{ id: `${group} ${label}`, group, label, icon: 'home', go: () => {} },
  ...more,
});

const OFFERS = [
  offer('pages', 'Keys'),
  offer('pages', 'Models and prices'),
  offer('pages', 'Requests'),
  offer('actions', 'New chat'),
  offer('keys', 'night-models'),
  offer('keys', 'remodel'),
  offer('chats', 'What a toll road is', { isFound: true }),
];

const labels = (text: string, offers: readonly Offer[] = OFFERS) =>
  rankOffers(offers, text).map(({ label }) => label);

test('without a text there are pages and actions, in their order', () => {
  expect(labels(' ')).toEqual(['Keys', 'Models and prices', 'Requests', 'New chat']);
});

test('a beginning comes before a word, and a word before the inside of one', () => {
  expect(labels('model')).toEqual([
    ...['Models and prices', 'night-models', 'remodel'],
    // The server knows why; it may be in a message.
    'What a toll road is',
  ]);
});

test('a Chinese page is found by its English name too', () => {
  const page = offer('pages', '密钥', { aliases: ['keys'] });
  expect(labels('key', [page])).toEqual(['密钥']);
  expect(labels('密', [page])).toEqual(['密钥']);
  expect(labels('usage', [page])).toEqual([]);
});

test('a group shows its best six', () => {
  const many = Array.from({ length: 9 }, (_, at) => offer('keys', `job ${at}`));
  expect(labels('job', many)).toEqual(['job 0', 'job 1', 'job 2', 'job 3', 'job 4', 'job 5']);
});

import { describe, expect, test } from 'bun:test';
import { agreementOf, connectionOf } from './agreement.ts';

const PROPOSAL = {
  name: 'xai',
  routes: [{ model: 'grok-beta', upstreamModel: 'grok-3', isSame: false }],
  additions: [
    {
      name: 'grok-3',
      contextTokens: 131_072,
      prices: { inputTicksPerToken: '30000', outputTicksPerToken: '150000' },
    },
    { name: 'grok-x', contextTokens: null, prices: null },
  ],
  addsAll: false,
  inputModalities: ['text' as const],
};

describe('nothing is free without a word', () => {
  test('a model whose price nobody says is not connected before one is set', () => {
    const { additions, ...rest } = agreementOf(PROPOSAL, false);
    const chosen = additions.map((addition) => ({ ...addition, isChosen: true }));
    expect(connectionOf({ ...rest, additions: chosen })).toBeUndefined();
    const priced = chosen.map((addition) => ({ ...addition, input: '0', output: '0.25' }));
    expect(connectionOf({ ...rest, additions: priced })?.additions[1]).toEqual({
      name: 'grok-x',
      contextTokens: 8_192,
      inputTicksPerToken: '0',
      outputTicksPerToken: '2500',
    });
  });

  test('on one’s own machine it is nothing, and stands there to be changed', () => {
    expect(agreementOf(PROPOSAL, true).additions[1]).toMatchObject({ input: '0', output: '0' });
  });
});

test('a proposal as it is connects the routes and adds nothing that was not chosen', () => {
  expect(connectionOf(agreementOf(PROPOSAL, false))).toEqual({
    name: 'xai',
    inputModalities: ['text'],
    routes: [{ model: 'grok-beta', upstreamModel: 'grok-3' }],
    additions: [],
  });
});

test.each([
  ['nothing chosen', { routes: [] }],
  ['no name', { name: '  ' }],
])('%s: it cannot be connected', (_, change) => {
  expect(connectionOf({ ...agreementOf(PROPOSAL, false), ...change })).toBeUndefined();
});

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import {
  ask,
  askStream,
  askText,
  QUESTION,
  request,
  simulator,
  textOf,
  tokeniser,
} from '../../../test/fakes/ask-simulator.ts';

test('an answer says that no model wrote it, and has the shape of the wire', async () => {
  const answer = await ask({});
  expect(answer).toMatchObject({
    object: 'chat.completion',
    created: 1_732_000_000,
    model: 'turnpike-simulator',
  });
  expect(answer.choices).toHaveLength(1);
  expect(answer.choices[0]).toMatchObject({
    index: 0,
    finish_reason: 'stop',
    message: { role: 'assistant', refusal: null },
  });
  expect(answer.choices[0]?.message.content).toContain(
    'This is the Turnpike simulator; no model read your message.',
  );
  expect(answer.choices[0]?.message.content).toContain(QUESTION);
  expect(simulator).toMatchObject({ kind: 'simulator', simulated: true, inputModalities: ['text', 'image'] });
  expect(simulator.upstreamModel('grok-beta')).toBe('turnpike-simulator');
});

test('the same request gets the same answer, another question or seed another', async () => {
  const answer = await ask({});
  expect(await ask({ temperature: 1, user: 'other' })).toEqual(answer);
  expect((await ask({ turnpike_simulator: { seed: 1 } })).choices).not.toEqual(answer.choices);
  const other = await askText({ messages: [{ role: 'user', content: 'And why?' }] });
  expect(other).not.toBe(answer.choices[0]?.message.content ?? '');
});

test('a question in Chinese is answered in Chinese', async () => {
  const messages = [{ role: 'user', content: '生命、宇宙以及任何事情的终极答案是什么?' }];
  expect(await askText({ messages })).toContain('这是 Turnpike 模拟器');
});

test('a stream is the same answer, one token a chunk, the usage up to it on each', async () => {
  const fields = {
    n: 2,
    stream_options: { include_usage: true },
    turnpike_simulator: { reasoning_tokens: 3 },
  };
  const whole = await ask(fields);
  const chunks = await askStream(fields);
  const last = chunks.pop();
  expect(last).toMatchObject({ object: 'chat.completion.chunk', choices: [], usage: whole.usage });
  for (const choice of whole.choices) {
    expect(textOf(chunks, choice.index)).toBe(choice.message.content ?? '');
    expect(chunks.find(({ choices }) => choices[0]?.index === choice.index)?.choices[0]?.delta.role).toBe(
      'assistant',
    );
  }
  let tokens = 0;
  let finished = 0;
  for (const { choices, usage, id, model } of chunks) {
    expect([id, model]).toEqual([whole.id, 'turnpike-simulator']);
    if (choices[0]?.finish_reason === null) tokens += 1;
    else finished += 1;
    expect(usage.completion_tokens + usage.completion_tokens_details.reasoning_tokens).toBe(tokens);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + tokens);
  }
  expect(finished).toBe(2);
  expect(whole.usage.completion_tokens_details.reasoning_tokens).toBe(6);
  expect(chunks.at(-1)?.usage).toEqual(whole.usage);
});

const contents = fc.constantFrom(
  QUESTION,
  'x',
  '终极答案是什么?',
  '龘龘龘 😀👨‍👩‍👧',
  '<|endoftext|>',
  'a\ud800b',
);
const settings = fc.record(
  {
    tokens: fc.integer({ min: 1, max: 60 }),
    reasoning_tokens: fc.integer({ min: 0, max: 20 }),
    seed: fc.nat(),
  },
  { requiredKeys: [] },
);

test('the usage is what was counted before and what was written, whatever the limits', async () => {
  await fc.assert(
    fc.asyncProperty(
      contents,
      settings,
      fc.integer({ min: 1, max: 3 }),
      fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      async (content, wanted, n, cap) => {
        const fields = {
          messages: [{ role: 'user', content }],
          n,
          turnpike_simulator: wanted,
          ...(cap === undefined ? {} : { max_tokens: cap }),
        };
        const whole = await ask(fields);
        const chunks = await askStream(fields);
        const { usage } = whole;
        expect(chunks.at(-1)?.usage).toEqual(usage);
        expect(usage.prompt_tokens).toBe((await simulator.countPrompt?.(request(fields))) ?? -1);

        const reasoning = Math.min(wanted.reasoning_tokens ?? 0, cap ?? Number.POSITIVE_INFINITY);
        expect(usage.completion_tokens_details.reasoning_tokens).toBe(n * reasoning);
        const most = (cap ?? Number.POSITIVE_INFINITY) - reasoning;
        if (wanted.tokens !== undefined)
          expect(usage.completion_tokens).toBe(n * Math.min(wanted.tokens, most));
        else expect(usage.completion_tokens).toBeLessThanOrEqual(n * most);
        for (const { index, message, finish_reason } of whole.choices) {
          if (finish_reason === 'stop' && n === 1 && wanted.tokens === undefined) {
            expect(tokeniser.countSync(message.content ?? '')).toBe(usage.completion_tokens);
          }
          expect(textOf(chunks, index)).toBe(message.content ?? '');
          expect(finish_reason).toBe(
            usage.completion_tokens === n * most && wanted.tokens !== most ? 'length' : 'stop',
          );
        }
      },
    ),
    { numRuns: 60, examples: [['x', {}, 1, 1_000]] },
  );
});

test('a text cut at any token has as many tokens as were charged', async () => {
  for (const content of [QUESTION, '请讲一个故事']) {
    for (let tokens = 1; tokens < 120; tokens += 1) {
      const text = await askText({ messages: [{ role: 'user', content }], turnpike_simulator: { tokens } });
      // Never more than charged; less only where the cut went through a character, which is then not shown.
      const shown = tokeniser.countSync(text);
      expect(shown).toBeLessThanOrEqual(tokens);
      expect(shown).toBeGreaterThan(tokens - 4);
      expect(text).not.toContain('\ufffd');
    }
  }
});

test('a stop string ends the text before it, also when it arrives in pieces', async () => {
  const whole = await askText({});
  for (const stop of ['simulator', ' no model read', 'e', 'You wrote: “What is']) {
    const fields = { stop: ['never to be seen', stop] };
    const chunks = await askStream(fields);
    expect(textOf(chunks)).toBe(whole.slice(0, whole.indexOf(stop)));
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect(await askText(fields)).toBe(whole.slice(0, whole.indexOf(stop)));
    // What was generated is charged, the stop string included.
    const read = whole.slice(0, whole.indexOf(stop) + stop.length);
    expect(chunks.at(-1)?.usage.completion_tokens).toBeGreaterThanOrEqual(tokeniser.countSync(read) - 1);
  }
  expect(await askText({ stop: 'not in there' })).toBe(whole);
});

test('tokenize lists the tokens', async () => {
  expect((await simulator.tokenize?.('Hello world'))?.map(({ text }) => text)).toEqual(['Hello', ' world']);
});

import { expect, test } from 'bun:test';
import {
  type Answer,
  ask,
  askStream,
  askText,
  type Fields,
  tokeniser,
} from '../../../test/fakes/ask-simulator.ts';

const tool = (name: string, description = '', properties: Fields = {}, required: string[] = []) => ({
  type: 'function',
  function: { name, description, parameters: { type: 'object', properties, required } },
});
const TOOLS = [
  tool('get_time', 'The time of day in a city.', { city: { type: 'string' } }),
  tool('getWeather', 'Says whether it rains.', { days: { type: 'integer', minimum: 1, maximum: 3 } }, [
    'days',
  ]),
  tool('chaxun', '查询天气'),
];
const called = async (content: string, fields: Fields = {}) => {
  const answer = await ask({ messages: [{ role: 'user', content }], tools: TOOLS, ...fields });
  return (answer.choices[0]?.message.tool_calls ?? []).map((call) => call.function.name);
};

test('calls the tool that fits the question', async () => {
  expect(await called('Will there be weather tomorrow?')).toEqual(['getWeather']);
  expect(await called('What is the time in Graz?')).toEqual(['get_time']);
  expect(await called('北京天气怎么样?')).toEqual(['chaxun']);
  expect(await called('Hello')).toEqual(['get_time']);
  expect(await called('Use getweather and then get time')).toEqual(['get_time', 'getWeather']);
  expect(await called('Use getweather and then get time', { parallel_tool_calls: false })).toEqual([
    'get_time',
  ]);
  expect(await called('Hello', { tool_choice: 'required' })).toEqual(['get_time']);
  expect(await called('Time?', { tool_choice: { type: 'function', function: { name: 'chaxun' } } })).toEqual([
    'chaxun',
  ]);
  expect(await called('Time?', { tool_choice: 'none' })).toEqual([]);
  expect(await called('Time?', { tools: [] })).toEqual([]);
  expect(await called('Time?', { tools: [{ type: 'live_search' }] })).toEqual([]);
});

test('a call comes whole in one chunk, with arguments that its schema accepts', async () => {
  const fields = { messages: [{ role: 'user', content: 'weather' }], tools: TOOLS };
  const whole = await ask(fields);
  const [choice] = whole.choices;
  expect(choice).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
  const [call] = choice?.message.tool_calls ?? [];
  expect(call?.id).toMatch(/^call_\d{8}$/);
  expect([1, 2, 3]).toContain(JSON.parse(call?.function.arguments ?? '').days);
  const text = `${call?.function.name}${call?.function.arguments}`;
  expect(whole.usage.completion_tokens).toBeGreaterThanOrEqual(tokeniser.countSync(text));
  const chunks = await askStream(fields);
  expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([
    { role: 'assistant', tool_calls: [{ index: 0, ...call }] } as Answer['choices'][0]['delta'],
    {},
  ]);
  expect(chunks.at(-1)?.usage).toEqual(whole.usage);
});

test('arguments repeat the numbers and the quoted texts of the question, where they fit', async () => {
  const order = tool('order', '', {
    count: { type: 'integer', maximum: 10 },
    customer: { type: 'string' },
    note: { type: 'string' },
  });
  const answer = await ask({
    messages: [{ role: 'user', content: "Order 300, or rather 3.5, or 7 of them for '你好啊集团'" }],
    tools: [order],
  });
  const [call] = answer.choices[0]?.message.tool_calls ?? [];
  expect(JSON.parse(call?.function.arguments ?? '')).toEqual({
    count: 7,
    customer: '你好啊集团',
    note: 'simulated note',
  });
});

test('JSON mode has the members that the question names', async () => {
  const content = 'A joke as JSON with the keys "setup" and "punchline"';
  const text = await askText({
    messages: [{ role: 'user', content }],
    response_format: { type: 'json_object' },
  });
  expect(Object.keys(JSON.parse(text))).toEqual(['setup', 'punchline']);
});

test('after a result the answer quotes it, whatever tool_choice says', async () => {
  const messages = [
    { role: 'user', content: 'weather' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'getWeather', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: '{"rain":   true}' },
  ];
  for (const tool_choice of ['auto', 'required']) {
    expect(await askText({ messages, tools: TOOLS, tool_choice })).toContain(
      'The tool getWeather answered: “{"rain": true}”.',
    );
  }
});

test('a call that is longer than the limit is cut off', async () => {
  const fields = { messages: [{ role: 'user', content: 'weather' }], tools: TOOLS };
  const full = (await ask(fields)).usage.completion_tokens;
  for (let max_tokens = 1; max_tokens < full; max_tokens += 1) {
    const { choices, usage } = await ask({ ...fields, max_tokens });
    expect(choices[0]?.finish_reason).toBe('length');
    expect(usage.completion_tokens).toBe(max_tokens);
  }
  expect((await ask({ ...fields, max_tokens: full })).choices[0]?.finish_reason).toBe('tool_calls');
});

test('fills a json_schema and answers json_object with an object', async () => {
  const schema = {
    type: 'object',
    properties: { answer: { type: 'integer', const: 42 }, why: { type: 'array', items: { type: 'string' } } },
    required: ['answer', 'why'],
    additionalProperties: false,
  };
  const filled = await askText({
    response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } },
  });
  expect(JSON.parse(filled)).toEqual({ answer: 42, why: ['simulated why'] });
  expect(JSON.parse(await askText({ response_format: { type: 'json_object' } }))).toMatchObject({
    simulated: true,
  });
});

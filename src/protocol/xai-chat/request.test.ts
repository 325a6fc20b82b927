import { describe, expect, test } from 'bun:test';
import { type Failure, isFailure } from '../../domain/failure.ts';
import { MAXIMUM_CHOICES, MAXIMUM_MESSAGES, MAXIMUM_TOOLS, parseChatRequest } from './request.ts';

const HELLO = { role: 'user', content: 'Hello' };

function accepted(text: string) {
  const chat = parseChatRequest(text);
  if (isFailure(chat)) throw new Error(`refused: ${chat.message}`);
  return chat;
}

function refused(text: string): Failure {
  const failure = parseChatRequest(text);
  if (!isFailure(failure)) throw new Error('accepted');
  return failure;
}

/** A body with these members in place of a sane one's, written by hand so that any JSON can stand in it. */
function bodyWith(members: string): string {
  return `{"model":"grok-beta","messages":[{"role":"user","content":"Hello"}],${members}}`;
}

test('the curl of the walk-through is understood, and passed on as it came', () => {
  const text = `{
      "messages": [
        {
          "role": "system",
          "content": "You are Grok, a chatbot inspired by the Hitchhikers Guide to the Galaxy."
        },
        {
          "role": "user",
          "content": "What is the meaning of life, the universe, and everything?"
        }
      ],
      "model": "grok-beta",
      "stream": false,
      "temperature": 0
    }`;
  expect(accepted(text)).toMatchObject({
    model: 'grok-beta',
    stream: false,
    includeUsage: false,
    choices: 1,
    maximumOutputTokens: undefined,
    contentTypes: new Set(),
    text,
  });
});

test('what the gateway must know is read', () => {
  const text = bodyWith(
    '"stream":true,"stream_options":{"include_usage":true},"n":3,"max_tokens":50,"max_completion_tokens":40',
  );
  expect(accepted(text)).toMatchObject({
    stream: true,
    includeUsage: true,
    choices: 3,
    maximumOutputTokens: 40,
  });
  expect(accepted(bodyWith('"max_tokens":50')).maximumOutputTokens).toBe(50);
  expect(accepted(bodyWith('"max_tokens":50,"max_completion_tokens":null')).maximumOutputTokens).toBe(50);
  expect(accepted(bodyWith('"stream_options":{"include_usage":"yes"}')).includeUsage).toBe(false);
  expect(accepted(bodyWith('"stream_options":{}')).includeUsage).toBe(false);
});

describe('numbers', () => {
  const WRONG = [
    ...[
      '-1',
      '0',
      '1.5',
      '-0',
      '18446744073709551616',
      '1e309',
      '-1e309',
      '9223372036854775807',
      '2147483648',
    ],
    ...['"9"', '""', 'true', 'false', '[]', '[9]', '{}', '{"valueOf":9}'],
  ];
  for (const field of ['n', 'max_tokens', 'max_completion_tokens']) {
    test.each(WRONG)(`${field} of %s is refused by its name`, (value) => {
      const failure = refused(bodyWith(`"${field}":${value}`));
      expect(failure).toMatchObject({ httpStatus: 400, code: 'invalid-argument' });
      expect(failure.message).toStartWith(`Invalid request: ${field} must be a whole number from 1 to `);
    });

    test.each(['1', '1.0', '1e0', '100', 'null'])(`${field} of %s is accepted`, (value) => {
      expect(accepted(bodyWith(`"${field}":${value}`)).choices).toBeGreaterThan(0);
    });
  }

  test('there is a most of choices', () => {
    expect(accepted(bodyWith(`"n":${MAXIMUM_CHOICES}`)).choices).toBe(MAXIMUM_CHOICES);
    expect(refused(bodyWith(`"n":${MAXIMUM_CHOICES + 1}`)).httpStatus).toBe(400);
  });

  test.each([
    ['temperature', ['-0.1', '2.1', '1e309', '"0"', 'true', '[]'], ['0', '-0', '0.7', '2']],
    ['top_p', ['-0.1', '1.1', '"1"'], ['0', '1', '0.95']],
    ['frequency_penalty', ['-2.1', '2.1', '{}'], ['-2', '2', '0']],
    ['presence_penalty', ['-2.1', '2.1', '""'], ['-2', '2', '0']],
    ['seed', ['1.5', '"1"', '1e309', '9007199254740993'], ['-1', '0', '2147483647']],
    ['top_logprobs', ['-1', '21', '0.5'], ['0', '20']],
    ['stream', ['"true"', '1', '0', '[]'], ['true', 'false']],
    ['logprobs', ['"true"', '5'], ['true', 'false']],
    ['parallel_tool_calls', ['"no"'], ['false']],
    ['user', ['5', '{}'], ['"u"', '""']],
    ['reasoning_effort', ['1'], ['"low"']],
    ['service_tier', ['[]'], ['"auto"']],
    ['stream_options', ['true', '[]', '"x"'], ['{}']],
    ['logit_bias', ['[]', '1'], ['{"50256":-100}']],
    ['search_parameters', ['"auto"'], ['{"mode":"auto"}']],
    ['tool_choice', ['1', 'true', '[]'], ['"auto"', '{"type":"function","function":{"name":"f"}}']],
    ['response_format', ['"json"', '[]', '{}', '{"type":"xml"}', '{"type":1}'], ['{"type":"json_object"}']],
    ['stop', ['5', '[5]', '["a",null]', '{}'], ['"a"', '[]', '["a","b"]']],
    [
      'tools',
      ['{}', '"x"', '[1]', '[null]', '[[]]'],
      ['[]', '[{"type":"function","function":{"name":"f"}}]'],
    ],
    ['deferred', ['true', '"yes"', '1'], ['false']],
  ])('%s', (field, wrong, right) => {
    for (const value of wrong) {
      expect(refused(bodyWith(`"${field}":${value}`)).message).toStartWith(`Invalid request: ${field} `);
    }
    for (const value of [...right, 'null']) {
      const text = bodyWith(`"${field}":${value}`);
      expect(accepted(text).text).toBe(text);
    }
  });

  test('stops and tools are counted', () => {
    const stops = (count: number) => bodyWith(`"stop":${JSON.stringify(Array(count).fill('x'))}`);
    expect(accepted(stops(8)).choices).toBe(1);
    expect(refused(stops(9)).message).toContain('at most 8');
    const tools = (count: number) =>
      bodyWith(`"tools":${JSON.stringify(Array(count).fill({ type: 'function' }))}`);
    expect(accepted(tools(MAXIMUM_TOOLS)).choices).toBe(1);
    expect(refused(tools(MAXIMUM_TOOLS + 1)).message).toContain('at most 350');
  });
});

describe('the body', () => {
  test.each(['', '{', 'null', '[]', '"text"', '7', '{"model":"a"', 'model=grok-beta'])(
    '%j is none',
    (text) => {
      const failure = refused(text);
      expect(failure).toMatchObject({ httpStatus: 400, code: 'invalid-argument' });
      expect(failure.message).toStartWith('Failed to parse the request body as JSON: ');
    },
  );

  test('needs a model and messages', () => {
    const messages = '"messages":[{"role":"user","content":"x"}]';
    for (const model of ['""', 'null', '5', '[]', '{}']) {
      expect(refused(`{"model":${model},${messages}}`).message).toContain('model must be');
    }
    expect(refused(`{${messages}}`).message).toContain('model must be');
    for (const value of ['null', '"hi"', '{}', '5', '{"0":{"role":"user"}}']) {
      expect(refused(`{"model":"a","messages":${value}}`).message).toContain('messages must be an array');
    }
    expect(refused('{"model":"a"}').message).toContain('messages must be an array');
    expect(refused('{"model":"a","messages":[]}').message).toContain('at least one message');
  });

  test('has a most of messages', () => {
    const body = (count: number) => JSON.stringify({ model: 'a', messages: Array(count).fill(HELLO) });
    expect(accepted(body(MAXIMUM_MESSAGES)).body.messages).toHaveLength(MAXIMUM_MESSAGES);
    expect(refused(body(MAXIMUM_MESSAGES + 1)).message).toContain('at most 10000');
  });

  test('a hundred thousand levels deep is refused in words', () => {
    const deep = (open: string, close: string) =>
      bodyWith(`"x":${open.repeat(100_000)}1${close.repeat(100_000)}`);
    for (const text of [deep('[', ']'), deep('{"a":', '}'), '['.repeat(100_000)]) {
      expect(refused(text).message).toBe(
        'Failed to parse the request body as JSON: it is nested deeper than 128 levels.',
      );
    }
  });

  test.each([
    bodyWith('"n":1,"n":128'),
    bodyWith('"model":"dear"'),
    bodyWith('"\\u006dodel":"dear"'),
    '{"model":"a","messages":[{"role":"user","content":"x","content":[{"type":"image_url","image_url":"https://a"}]}]}',
    bodyWith('"extra":{"api_base":"https://evil"},"extra":1'),
  ])('%s names a member twice, so that two readers may see two things', (text) => {
    expect(refused(text).message).toContain('names the same member twice');
  });

  test('half a character is refused, a whole one in escapes is not', () => {
    const say = (content: string) => `{"model":"a","messages":[{"role":"user","content":"${content}"}]}`;
    expect(refused(say('\\ud83d')).message).toContain('half a character');
    expect(refused(say('cut \\ud83d off')).message).toContain('half a character');
    expect(accepted(say('\\ud83d\\ude00 \\\\ud83d')).text).toBe(say('\\ud83d\\ude00 \\\\ud83d'));
  });
});

describe('messages', () => {
  const say = (message: string) => `{"model":"a","messages":[{"role":"user","content":"x"},${message}]}`;

  test.each(['null', '"hi"', '5', '[]', '[{"role":"user"}]'])('%s is no message', (message) => {
    expect(refused(say(message)).message).toBe('Invalid request: messages[1] must be an object.');
  });

  test.each(['"root"', '"User"', '""', 'null', '5', '["user"]', '"toString"'])('%s is no role', (role) => {
    expect(refused(say(`{"role":${role},"content":"x"}`)).message).toStartWith(
      'Invalid request: messages[1].role must be one of system, developer, user, assistant, tool, function',
    );
    expect(refused(say('{"content":"x"}')).message).toContain('messages[1].role');
  });

  const EMPTY = 'Each message must have at least one content element';
  test.each<[string, Record<string, boolean>]>([
    [
      'system',
      {
        absent: false,
        null: false,
        '[]': false,
        '""': true,
        '"x"': true,
        '[{"type":"text","text":""}]': true,
      },
    ],
    ['developer', { absent: false, null: false, '[]': false, '""': true, '"x"': true }],
    [
      'user',
      {
        absent: false,
        null: false,
        '[]': false,
        '""': false,
        '"x"': true,
        '[{"type":"text","text":"x"}]': true,
      },
    ],
    ['assistant', { absent: true, null: true, '[]': false, '""': true, '"x"': true }],
    [
      'tool',
      {
        absent: false,
        null: false,
        '[]': false,
        '""': true,
        '"x"': true,
        '[{"type":"text","text":"x"}]': true,
      },
    ],
    ['function', { absent: false, null: false, '[]': false, '""': true, '"x"': true }],
  ])('%s: which contents are some', (role, contents) => {
    for (const [content, isSome] of Object.entries(contents)) {
      const text = say(`{"role":"${role}"${content === 'absent' ? '' : `,"content":${content}`}}`);
      if (isSome) expect(accepted(text).text).toBe(text);
      else expect(refused(text).message).toContain(EMPTY);
    }
    for (const content of ['5', 'true', '{}', '{"type":"text","text":"x"}']) {
      expect(refused(say(`{"role":"${role}","content":${content}}`)).message).toContain(
        'messages[1].content must be a string or an array of parts',
      );
    }
  });

  test.each([
    ['"x"', 'messages[1].content[0] must be an object'],
    ['null', 'messages[1].content[0] must be an object'],
    ['{}', 'messages[1].content[0] must be an object'],
    ['{"type":5}', 'messages[1].content[0] must be an object'],
    ['{"type":"text"}', 'content[0].text must be a string'],
    ['{"type":"text","text":null}', 'content[0].text must be a string'],
    ['{"type":"text","text":["x"]}', 'content[0].text must be a string'],
    ['{"type":"image_url"}', 'content[0].image_url must hold'],
    ['{"type":"image_url","image_url":{}}', 'content[0].image_url must hold'],
    ['{"type":"image_url","image_url":{"url":5}}', 'content[0].image_url must hold'],
    ['{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}', 'content[0].image_url must hold'],
    ['{"type":"image_url","image_url":{"url":" https://a/b.png"}}', 'content[0].image_url must hold'],
    [
      '{"type":"image_url","image_url":{"url":"data:text/html;base64,AAAA"}}',
      'content[0].image_url must hold',
    ],
    ['{"type":"image_url","image_url":"gopher://a"}', 'content[0].image_url must hold'],
  ])('%s is no content part', (part, words) => {
    expect(refused(say(`{"role":"user","content":[${part}]}`)).message).toContain(words);
  });

  test('what a message consists of is told by its own name', () => {
    const types = (...parts: object[]) =>
      accepted(JSON.stringify({ model: 'a', messages: [{ role: 'user', content: parts }] })).contentTypes;
    const image = { url: 'data:image/png;base64,AAAA', detail: 'high' };
    expect(types({ type: 'text', text: 'x' }, { type: 'image_url', image_url: image })).toEqual(
      new Set(['text', 'image']),
    );
    expect(types({ type: 'image_url', image_url: 'HTTPS://a/b.png' })).toEqual(new Set(['image']));
    expect(types({ type: 'input_text', text: 'x' }, { type: 'input_image', image_url: 'http://a' })).toEqual(
      new Set(['text', 'image']),
    );
    expect(types({ type: 'input_audio', input_audio: {} }, { type: '__proto__' })).toEqual(
      new Set(['input_audio', '__proto__']),
    );
  });

  test('a fault is reported at its place', () => {
    const text = JSON.stringify({ model: 'a', messages: [HELLO, HELLO, { role: 'user', content: [HELLO] }] });
    expect(refused(text).message).toContain('messages[2].content[0]');
  });
});

describe('what is not understood', () => {
  test('is passed on to the byte: unknown fields, odd numbers, escapes, spaces', () => {
    const text = ` {"model" : "m","messages":[ {"role":"user","content":"a\\u0062\\/","name":"n","toolCallId":1} ],
      "min_p":0.050,"big":12345678901234567890,"huge":1e400,"zero":-0,"parallel_function_calling":true,
      "deferred":false,"metadata":{"a":[1.0, {"deep":null}]},"constructor":{"prototype":{"x":1}}, "Ünicode":"\u2028"}\n`;
    expect(accepted(text).text).toBe(text);
  });

  test('a prototype is taken out, and nothing else changes', () => {
    const text = (before: string, inner: string) =>
      ` {"model":"m", ${before}"messages":[{"role":"user","content":"__proto__ \\u005f"}],"seed":1.0,"x":{${inner}"k":1e400}}`;
    for (const name of ['__proto__', '\\u005f_proto__', '__\\u0070roto__']) {
      const chat = accepted(text(`"${name}":{"stream":true,"n":128}, `, ''));
      expect(chat.text).toBe(text('', ''));
      expect(chat.stream).toBe(false);
      expect(chat.choices).toBe(1);
      // Inside a member only that member is written anew.
      const inner = accepted(text('', `"${name}":{"isAdmin":true},`)).text;
      expect(inner).toBe(text('', '').replace('{"k":1e400}', '{"k":null}'));
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('a prototype in a message is taken out of it', () => {
    const text =
      '{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x","__proto__":{}}]}]}';
    expect(accepted(text).text).toBe(text.replace(',"__proto__":{}', ''));
  });
});

describe('the bodies of real clients are accepted as they are', () => {
  const tool = {
    type: 'function',
    function: { name: 'get_weather', description: 'd', parameters: { type: 'object' } },
  };
  const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } };
  const system = { role: 'system', content: 'You are Grok.' };
  const json_schema = {
    name: 'extract',
    schema: { type: 'object', properties: { title: { type: 'string' } } },
  };
  const png = 'data:image/png;base64,iVBORw0KGgo=';

  test.each<[string, Record<string, unknown>]>([
    ['LibreChat, chat', { model: 'm', user: '6523f0c2a1b2c3d4e5f60718', stream: true, messages: [HELLO] }],
    [
      'LibreChat, everything set',
      {
        model: 'm',
        temperature: 1,
        top_p: 1,
        frequency_penalty: 0,
        presence_penalty: 0,
        stop: ['END'],
        user: 'u',
        stream: true,
        tools: [tool],
        reasoning_effort: 'low',
        max_tokens: 1000,
        messages: [system, HELLO],
      },
    ],
    ['LibreChat, title', { model: 'm', user: 'u', stream: false, messages: [HELLO] }],
    [
      'LibreChat, structured title',
      { model: 'm', stream: false, messages: [HELLO], response_format: { type: 'json_schema', json_schema } },
    ],
    [
      'LibreChat, tool round trip: an empty string beside the calls, a name beside the result',
      {
        model: 'm',
        stream: true,
        messages: [
          HELLO,
          { role: 'assistant', content: '', tool_calls: [call] },
          { role: 'tool', content: '', name: 'get_weather', tool_call_id: 'call_1' },
        ],
      },
    ],
    [
      'LibreChat, picture',
      {
        model: 'm',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: png, detail: 'auto' } },
            ],
          },
        ],
      },
    ],
    ['Chatbox, not streamed', { model: 'm', messages: [system, HELLO] }],
    [
      'Chatbox, tools',
      {
        model: 'm',
        max_tokens: 4096,
        temperature: 0.7,
        messages: [HELLO],
        tools: [tool],
        tool_choice: 'auto',
        stream: true,
      },
    ],
    [
      'LiteLLM: nulls for what was not set, unknown names, no max_completion_tokens',
      {
        model: 'm',
        messages: [{ role: 'user', content: 'x', name: null }],
        max_tokens: 10,
        frequency_penalty: null,
        presence_penalty: null,
        top_p: null,
        n: null,
        stop: null,
        stream: null,
        stream_options: null,
        tools: null,
        tool_choice: null,
        response_format: null,
        logit_bias: null,
        user: null,
        seed: null,
        deferred: null,
        metadata: { tags: ['a'] },
        drop_params: true,
      },
    ],
    [
      'the AI SDK for xAI',
      {
        model: 'm',
        messages: [HELLO],
        max_completion_tokens: 64,
        parallel_function_calling: true,
        search_parameters: { mode: 'auto', sources: [{ type: 'web', safe_search: true }] },
        stream: true,
        stream_options: { include_usage: true },
      },
    ],
    [
      'NextChat, all fields always',
      {
        messages: [system, HELLO],
        stream: true,
        model: 'm',
        temperature: 0.5,
        presence_penalty: 0,
        frequency_penalty: 0,
        top_p: 1,
      },
    ],
    ['stop as one string', { model: 'm', messages: [HELLO], stop: '\n' }],
    [
      'ruby_llm: strict inside the parameters',
      { model: 'm', messages: [HELLO], tools: [{ ...tool, strict: true }] },
    ],
    [
      'roles in any order, several users in a row, an assistant at the end',
      { model: 'm', messages: [HELLO, system, HELLO, { role: 'assistant', content: null, refusal: 'no' }] },
    ],
    [
      'reasoning that is sent back',
      { model: 'm', messages: [HELLO, { role: 'assistant', content: 'a', reasoning_content: 'r' }, HELLO] },
    ],
  ])('%s', (_, body) => {
    const text = JSON.stringify(body);
    expect(accepted(text).text).toBe(text);
  });
});

import { describe, expect, test } from 'bun:test';
import { isFailure } from '../../domain/failure.ts';
import type { JsonObject } from '../parse-json.ts';
import { dropDestinations } from './drop-destinations.ts';
import { parseChatRequest } from './request.ts';

const EVIL = 'https://evil.example/v1';

/** What is passed on of a body. */
function passedOn(text: string): string {
  const chat = parseChatRequest(text);
  if (isFailure(chat)) throw new Error(chat.message);
  return chat.text;
}

const NAMES = [
  ...[
    'api_base',
    'apiBase',
    'API_BASE',
    'api-base',
    'Api_Base',
    'apibase',
    'base_url',
    'baseUrl',
    'baseURL',
    'base-url',
  ],
  ...[
    'api_key',
    'apiKey',
    'api_version',
    'custom_llm_provider',
    'model_list',
    'modelList',
    'fallbacks',
    'user_config',
  ],
  ...[
    'litellm_params',
    'extra_headers',
    'extraHeaders',
    'headers',
    'organization_id',
    'mock_response',
    'proxy',
  ],
  ...['aws_secret_access_key', 'awsRegionName', 'vertex_credentials', 'azure_ad_token', 'azureEndpoint'],
  ...['litellm_params[api_base]', 'extra_body[base_url]', 'extra_body.api_base', 'a.b.apiBase', '[api_base]'],
  ...['api_base[]', 'x["api_base"]', 'extra_body/api_base', 'extra_body:api_key', 'a b.base_url'],
];

describe('a destination or credential that a caller names', () => {
  test.each(NAMES)('%s is dropped on top, beside and inside what is passed on', (name) => {
    const key = JSON.stringify(name);
    const value = JSON.stringify({ url: EVIL, [name]: EVIL });
    const template = (own: string) =>
      `{"model":"m",${own}"messages":[{${own}"role":"user","content":"x"}],` +
      `"tools":[{${own}"type":"function","function":{${own}"name":"f","parameters":{"a":1}}}],` +
      `"response_format":{${own}"type":"json_schema","json_schema":{${own}"name":"n","schema":{}}},` +
      `"extra_body":{${own}"deep":[[{${own}"k":1}]]},"metadata":{${own}"k":[1]}}`;
    const passed = passedOn(template(`${key}:${value},`));
    expect(passed).toBe(template(''));
    expect(passed).not.toContain('evil');
  });

  test('spelled with escapes is the same name', () => {
    expect(passedOn('{"model":"m","\\u0061pi_base":"x","messages":[{"role":"user","content":"y"}]}')).toBe(
      '{"model":"m","messages":[{"role":"user","content":"y"}]}',
    );
  });

  test('is dropped beside content and arguments in a message', () => {
    const message = (own: string) =>
      `{"role":"assistant",${own}"content":null,"audio":{${own}"id":"a"},` +
      `"function_call":{${own}"name":"f","arguments":"{}"},` +
      `"tool_calls":[{${own}"id":"c","type":"function","function":{${own}"name":"f","arguments":"{}"}}]}`;
    const body = (own: string) => `{"model":"m","messages":[{"role":"user","content":"x"},${message(own)}]}`;
    expect(passedOn(body(`"base_url":"${EVIL}","headers":{},`))).toBe(body(''));
  });

  test('is dropped alone: what stands in other members stays to the byte', () => {
    const rest = `"seed":1.0,"huge":1e400,"messages":[{"role":"user","content":"\\u0061 ${'x'.repeat(10)}"}]`;
    expect(passedOn(`{ "model":"m" , "api_base":"${EVIL}" , ${rest} }`)).toBe(`{ "model":"m" , ${rest} }`);
  });

  test('cannot be hidden behind a name that is free elsewhere', () => {
    const body = {
      content: { api_base: EVIL },
      x: { parameters: { api_base: EVIL }, schema: { api_base: EVIL } },
    };
    expect(dropDestinations(body as unknown as JsonObject)).toBe(true);
    expect(JSON.stringify(body)).not.toContain('evil');
    const tools = { tools: { function: { parameters: { api_base: EVIL } } } };
    expect(dropDestinations(tools as unknown as JsonObject)).toBe(true);
  });
});

describe('the same words where any word may stand', () => {
  test.each([
    [
      'a text',
      `{"model":"m","messages":[{"role":"user","content":"set api_base to ${EVIL}, \\"base_url\\": x"}]}`,
    ],
    [
      'a content part',
      `{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"api_key","api_key":"mine"}]}]}`,
    ],
    [
      "a tool's parameters",
      '{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"fetch",' +
        '"parameters":{"type":"object","properties":{"base_url":{"type":"string"},"headers":{"type":"object",' +
        '"properties":{"api_key":{"type":"string"}}}},"required":["base_url"]}}}]}',
    ],
    [
      'the parameters of a function of the old kind',
      '{"model":"m","messages":[{"role":"user","content":"x"}],"functions":[{"name":"f","parameters":{"properties":{"proxy":{}}}}]}',
    ],
    [
      'the schema of an answer',
      '{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema",' +
        '"json_schema":{"name":"n","schema":{"properties":{"api_base":{"type":"string"},"fallbacks":{}}}}}}',
    ],
    [
      'the arguments of a call',
      '{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":' +
        '{"name":"f","arguments":{"base_url":"x"}}}]},{"role":"tool","tool_call_id":"1","content":"headers"}]}',
    ],
    [
      'a name that only contains one',
      '{"model":"m","messages":[{"role":"user","content":"x"}],"metadata":{"api_base_note":1,"my_proxy":2,"awesome":3,"header":4}}',
    ],
    [
      'a value',
      '{"model":"api_base","messages":[{"role":"user","content":"x","name":"base_url"}],"stop":["api_key"]}',
    ],
  ])('%s survives to the byte', (_, text) => {
    expect(passedOn(text)).toBe(text);
  });
});

test('says whether there was anything to drop', () => {
  expect(dropDestinations({ model: 'm', messages: [{ role: 'user', content: 'x' }] })).toBe(false);
  expect(dropDestinations({ model: 'm', messages: [{ role: 'user', content: 'x', api_base: 1 }] })).toBe(
    true,
  );
  expect(
    dropDestinations({ messages: [null, 'x', 5], tools: 'x', functions: { a: null }, response_format: [] }),
  ).toBe(false);
});

describe("OpenRouter's names for another model or a paid extra", () => {
  test.each(['models', 'route', 'provider', 'plugins', 'preset'])('%s is dropped at the top', (name) => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'x' }], [name]: ['dearer'] };
    expect(dropDestinations(body)).toBe(true);
    expect(body).toEqual({ model: 'm', messages: [{ role: 'user', content: 'x' }] });
  });

  test('deeper they are ordinary words', () => {
    const body = { model: 'm', messages: [], metadata: { provider: 'me', models: 3 } };
    expect(dropDestinations(body)).toBe(false);
    expect(body.metadata).toEqual({ provider: 'me', models: 3 });
  });
});

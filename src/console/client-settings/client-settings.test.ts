import { describe, expect, test } from 'bun:test';
import { KEY_PLACEHOLDER } from '../../language/walk-through-curl.ts';
import { clientSettings } from './client-settings.ts';

const ORIGIN = 'http://127.0.0.1:7070';
const MODELS = ['grok-beta', 'grok-vision-beta'];
const all = clientSettings(ORIGIN, MODELS);

function textOf(client: string): string {
  const found = all.find((settings) => settings.client === client);
  if (found?.kind !== 'text') throw new Error(`no text for ${client}`);
  return found.text;
}

function fieldOf(client: string, field: string): string | undefined {
  const found = all.find((settings) => settings.client === client);
  return found?.kind === 'fields' ? found.fields.find((one) => one.field === field)?.value : undefined;
}

test('each has a place for the key, and only that', () => {
  for (const settings of all) {
    const shown = settings.kind === 'text' ? settings.text : JSON.stringify(settings.fields);
    // LibreChat reads it from its own environment, where the same name stands in braces.
    expect(shown.replace(/[{}]/g, '').split(KEY_PLACEHOLDER)).toHaveLength(2);
  }
});

test('the walk-through’s own curl comes first', () => {
  expect(all[0]?.client).toBe('curl');
  expect(textOf('curl')).toContain('Hitchhikers Guide to the Galaxy');
});

test('One API gets the base that each of its types wants', () => {
  expect([fieldOf('one-api-xai', 'type'), fieldOf('one-api-xai', 'base-url')]).toEqual(['xAI', ORIGIN]);
  expect(fieldOf('one-api-openai', 'base-url')).toBe(`${ORIGIN}/v1`);
  expect(fieldOf('one-api-xai', 'models')).toBe('grok-beta,grok-vision-beta');
});

test('LibreChat’s file is YAML that names the endpoint and its models', () => {
  const { endpoints } = Bun.YAML.parse(textOf('librechat')) as {
    endpoints: { custom: { baseURL: string; models: { default: string[] } }[] };
  };
  expect(endpoints.custom[0]).toMatchObject({ baseURL: `${ORIGIN}/v1`, models: { default: MODELS } });
});

describe('Chatbox', () => {
  test('is given one provider, whose two fields lead to the chat route', () => {
    const { type, settings } = JSON.parse(textOf('chatbox'));
    expect(type).toBe('openai');
    expect(settings.apiHost + settings.apiPath).toBe(`${ORIGIN}/v1/chat/completions`);
    expect(settings.models).toEqual(MODELS.map((modelId) => ({ modelId })));
  });
});

test.each([
  [ORIGIN, 'http://host.docker.internal:7070/v1'],
  ['http://localhost:7070', 'http://host.docker.internal:7070/v1'],
  ['https://llm.example.com', 'https://llm.example.com/v1'],
  ['http://localhost.example.com', 'http://localhost.example.com/v1'],
])('Open WebUI reaches %s from its container', (origin, reached) => {
  const settings = clientSettings(origin, MODELS).find(({ client }) => client === 'open-webui');
  expect(settings?.kind === 'text' && settings.text).toContain(`OPENAI_API_BASE_URL="${reached}"`);
});

test('a catalogue of hundreds does not fill a page, and an empty one still has an example', () => {
  const many = clientSettings(
    ORIGIN,
    Array.from({ length: 300 }, (_, at) => `model-${at}`),
  );
  expect(JSON.stringify(many)).not.toContain('model-12"');
  expect(JSON.stringify(clientSettings(ORIGIN, []))).toContain('grok-beta');
});

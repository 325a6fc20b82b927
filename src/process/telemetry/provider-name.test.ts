import { expect, test } from 'bun:test';
import { providerName } from './provider-name.ts';

const at = (host: string) => providerName({ kind: 'openai-compatible', address: { host, port: 443 } });

test('providers have the name of the conventions; what only looks like one has not', () => {
  expect(at('api.x.ai')).toBe('x_ai');
  expect(at('eu-west-1.api.x.ai')).toBe('x_ai');
  expect(at('api.openai.com')).toBe('openai');
  expect(at('mine.openai.azure.com')).toBe('azure.ai.openai');
  expect(at('us-central1-aiplatform.googleapis.com')).toBe('gcp.vertex_ai');
  expect(at('bedrock-runtime.eu-west-1.amazonaws.com')).toBe('aws.bedrock');
  for (const host of ['127.0.0.1', 'notx.ai', 'api.x.ai.example.org', 'openai.com.evil.test'])
    expect(at(host)).toBe('openai_compatible');
});

test('what runs in this machine has a name of our own', () => {
  expect(providerName({ kind: 'simulator' })).toBe('turnpike.simulator');
  expect(providerName({ kind: 'local' })).toBe('turnpike.local');
});

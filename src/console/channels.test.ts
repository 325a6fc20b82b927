import { expect, test } from 'bun:test';
import { codeOf, expectDone, openTestAccounts } from '../../test/fakes/test-accounts.ts';
import { isRefusal } from '../domain/refusal.ts';
import { readModelRoutes } from './channel-models.ts';
import { addChannel, editChannel, removeChannel } from './put-channel.ts';
import { readUpstreamAddress } from './upstream-address.ts';

test.each([
  ['https://api.x.ai/v1', 'https://api.x.ai/v1'],
  ['https://api.x.ai', 'https://api.x.ai/v1'],
  ['  https://api.x.ai/v1/ ', 'https://api.x.ai/v1'],
  ['https://api.x.ai/v1/chat/completions', 'https://api.x.ai/v1'],
  ['https://api.x.ai/v1/v1/models', 'https://api.x.ai/v1'],
  ['api.x.ai', 'https://api.x.ai/v1'],
  ['api.example.com:8443/v1', 'https://api.example.com:8443/v1'],
  ['localhost:11434', 'http://localhost:11434/v1'],
  ['127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v1'],
  ['[::1]:8000', 'http://[::1]:8000/v1'],
  ['192.168.1.5:8000', 'http://192.168.1.5:8000/v1'],
  ['gpu-box:8000', 'http://gpu-box:8000/v1'],
  ['http://gpu.example.com/llm/v1//chat//completions', 'http://gpu.example.com/llm/v1'],
  ['https://dashscope.example.com/compatible-mode/v1', 'https://dashscope.example.com/compatible-mode/v1'],
  ['https://open.example.cn/api/paas/v4/chat/completions', 'https://open.example.cn/api/paas/v4'],
  ['HTTPS://API.X.AI/V1', 'https://api.x.ai/V1'],
])('%s is %s', (pasted, address) => {
  expect(readUpstreamAddress(pasted)).toBe(address);
});

test.each([
  ['', 'not-an-address'],
  ['https://', 'not-an-address'],
  ['https://a b.c', 'not-an-address'],
  ['https://api.x.ai\\@evil.example', 'not-an-address'],
  ['https://api.x\t.ai', 'not-an-address'],
  ['https://999.999.999.999', 'not-an-address'],
  ['ftp://api.x.ai', 'scheme'],
  ['file:///etc/passwd', 'not-an-address'],
  ['javascript://x/v1', 'scheme'],
  ['https://user:secret@api.x.ai/v1', 'credentials'],
  ['https://api.x.ai/v1?key=secret', 'query'],
  ['https://api.x.ai/v1#x', 'query'],
])('%s is refused: %s', (pasted, why) => {
  expect(readUpstreamAddress(pasted)).toMatchObject({ code: 'bad-address', facts: { why } });
});

test('routes say which models go where under which name', () => {
  expect(readModelRoutes(['grok-beta=llama3.2:1b', 'grok-vision-beta', '*'])).toEqual({
    'grok-beta': 'llama3.2:1b',
    'grok-vision-beta': 'grok-vision-beta',
    '*': '*',
  });
  expect(readModelRoutes(['*=llama3.2'])).toEqual({ '*': 'llama3.2' });
  for (const route of ['', '=x', 'a=', 'a=*', 'a b', 'a=b c', 'a=b=c', '__proto__=x', 'a=\u202eb']) {
    expect(codeOf(readModelRoutes([route]))).toBe('bad-model-route');
  }
  expect(codeOf(readModelRoutes([]))).toBe('channel-needs-models');
});

const XAI = {
  kind: 'openai-compatible',
  name: 'xai',
  address: 'api.x.ai',
  key: 'xai-secret',
  models: ['*'],
} as const;

test('a channel keeps its key sealed and takes text only unless told otherwise', async () => {
  const ports = openTestAccounts();
  const channel = expectDone(await addChannel(ports, XAI));
  expect(channel).toMatchObject({
    baseUrl: 'https://api.x.ai/v1',
    sealedKey: 'sealed(10)',
    models: { '*': '*' },
    inputModalities: ['text'],
    contextTokens: null,
    priority: 0,
    enabled: true,
  });
  expect(JSON.stringify(await ports.channels.list())).not.toContain('xai-secret');
  expect(ports.changes).toEqual([{ kind: 'channel', id: channel.id }]);
});

test('a key never moves to another host by itself', async () => {
  const ports = openTestAccounts();
  expectDone(await addChannel(ports, XAI));
  expect(codeOf(await editChannel(ports, 'xai', { address: 'https://evil.example/v1' }))).toBe(
    'key-would-move',
  );
  expect(codeOf(await editChannel(ports, 'xai', { address: 'http://api.x.ai/v1' }))).toBe('key-would-move');
  expectDone(await editChannel(ports, 'xai', { address: 'https://api.x.ai/v2' }));
  expectDone(await editChannel(ports, 'xai', { address: 'https://other.example', key: 'theirs' }));
  expect(
    expectDone(await editChannel(ports, 'xai', { address: 'a.example', key: null })).sealedKey,
  ).toBeNull();
});

test('what cannot be a channel is refused', async () => {
  const ports = openTestAccounts();
  const first = expectDone(await addChannel(ports, XAI));
  const add = async (change: object) => codeOf(await addChannel(ports, { ...XAI, name: 'other', ...change }));
  expect(await add({ name: 'xai' })).toBe('channel-name-taken');
  expect(await add({ name: 'a\u0007b' })).toBe('bad-name');
  expect(await add({ address: undefined })).toBe('channel-needs-address');
  expect(await add({ address: 'gopher://x' })).toBe('bad-address');
  expect(await add({ models: undefined })).toBe('channel-needs-models');
  expect(await add({ key: 'two words' })).toBe('bad-upstream-key');
  expect(await add({ key: 'k\r\nX-Evil: 1' })).toBe('bad-upstream-key');
  expect(await add({ inputModalities: ['image'] })).toBe('bad-modalities');
  expect(await add({ contextTokens: 0 })).toBe('bad-token-count');
  expect(await add({ priority: 1_001 })).toBe('bad-priority');
  expect(await add({ priority: 0.5 })).toBe('bad-priority');
  expect(await add({ kind: 'simulator' })).toBe('channel-has-no-address');
  expect(await ports.channels.list()).toEqual([first]);
});

test('a simulator or local channel needs no address and answers every model', async () => {
  const ports = openTestAccounts();
  const channel = expectDone(await addChannel(ports, { kind: 'simulator', name: 'pretend' }));
  expect(channel).toMatchObject({ baseUrl: '', models: { '*': '*' } });
  expect(expectDone(await editChannel(ports, channel.id, { name: '模拟', enabled: false })).enabled).toBe(
    false,
  );
  expectDone(await removeChannel(ports, '模拟'));
  expect(isRefusal(await removeChannel(ports, channel.id))).toBe(true);
  expect(await ports.channels.list()).toEqual([]);
});

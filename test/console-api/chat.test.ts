import { beforeEach, expect, test } from 'bun:test';
import { cutAbandoned } from '../../src/chat/tend-chats.ts';
import { answerChat } from '../../src/gateway/pipeline.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';
import { event, openTestGateway, testModel } from '../fakes/test-gateway.ts';

/** The chat over the real gateway, with an upstream that is written by hand. */

const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } };
const COST_TICKS = String(10n * 50_000n + 2n * 150_000n);
const END = `${event({}, USAGE, 'stop')}data: [DONE]\n\n`;

let gateway: Awaited<ReturnType<typeof openTestGateway>>;
let api: TestApi;
let arthur: TestPerson;

beforeEach(async () => {
  const vision = testModel({ id: 'grok-vision-beta', aliases: [], inputModalities: ['text', 'image'] });
  gateway = await openTestGateway({ models: [testModel(), vision] });
  api = openTestApi(gateway.storage, {
    answerPerson: (request) => answerChat(gateway.gateway, { ...request, credential: undefined }),
  });
  arthur = await api.person('arthur@example.com');
});

const ask = (method: string, path: string, body?: unknown, person = arthur) =>
  api.ask(person, method, `/chat${path}`, body);
const begin = async (text = 'What is six by nine?') => {
  const { status, body } = await ask('POST', '/conversations', {
    ...{ teamId: arthur.team.id, model: 'grok-beta', text },
  });
  expect(status).toBe(201);
  return body as { chatId: string; messageId: string; generationId: string };
};
const read = async (chatId: string) => (await ask('GET', `/conversations/${chatId}`)).body;
/** Lets promises and the batches of the log go on. */
const passTime = async () => {
  for (let turn = 0; turn < 5; turn += 1) await api.clock.advance(100);
};
const upstreamCall = async (at: number) => {
  for (let turn = 0; turn < 50 && gateway.upstream.calls[at] === undefined; turn += 1) await Bun.sleep(1);
  const call = gateway.upstream.calls[at];
  if (call === undefined) throw new Error('the upstream was not called');
  return call;
};
/** Has the open call answered to its end. */
const answerCall = async (at: number, ...words: string[]) => {
  const call = await upstreamCall(at);
  call.respond(200);
  for (const word of words) call.write(event({ content: word }));
  call.write(END);
  call.end();
};
const settled = async (chatId: string) => {
  for (let turn = 0; turn < 100; turn += 1) {
    await passTime();
    const chat = await read(chatId);
    if (chat.messages.every(({ answer }: { answer?: { state: string } }) => answer?.state !== 'running'))
      return chat;
  }
  throw new Error('it still runs');
};
const eventsOf = async (generationId: string, after = 0) => {
  const { text } = await ask('GET', `/generations/${generationId}/events?after=${after}`);
  return [...text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)/g)].map(([, id, name, data]) => ({
    ...{ id: Number(id), name, ...JSON.parse(data ?? '') },
  }));
};

test('an answer is written, billed and titled, and its log is read from anywhere', async () => {
  const begun = await begin();
  const call = await upstreamCall(0);
  expect(call.body).toMatchObject({ messages: [{ role: 'user', content: 'What is six by nine?' }] });
  call.respond(200);
  call.write(event({ reasoning_content: 'hm' }));
  call.write(event({ content: 'forty' }));
  await passTime();
  const running = await read(begun.chatId);
  expect(running.messages[1].answer.state).toBe('running');
  call.write(event({ content: ' two' }));
  call.write(END);
  call.end();
  const chat = await settled(begun.chatId);
  expect(chat).toMatchObject({ title: 'What is six by nine?', leafId: begun.messageId });
  expect(chat.messages[1]).toMatchObject({
    ...{ text: 'forty two', reasoning: 'hm' },
    answer: { state: 'done', reason: 'stop', costTicks: COST_TICKS, inputTokens: 10, outputTokens: 2 },
  });
  const events = await eventsOf(begun.generationId);
  expect(events.at(0)).toEqual({ id: 1, name: 'reasoning', text: 'hm' });
  expect(events.at(-1)).toMatchObject({ name: 'end', state: 'done' });
  const words = events.filter(({ name }) => name === 'text').map(({ text }) => text);
  expect(words.join('')).toBe('forty two');
  expect(await eventsOf(begun.generationId, 1)).toEqual(events.slice(1));
  const { rows } = (await api.ask(arthur, 'GET', `/teams/${arthur.team.id}/requests`)).body;
  expect(rows).toMatchObject([{ id: begun.generationId, source: { kind: 'chat', userId: arthur.userId } }]);
});

test('two readers see the same, also one who comes in the middle, and the answer goes on without any', async () => {
  const begun = await begin();
  const call = await upstreamCall(0);
  call.respond(200);
  call.write(event({ content: 'one ' }));
  await passTime();
  const leaver = new AbortController();
  const headers = { 'x-test-person': arthur.userId };
  const path = `/chat/generations/${begun.generationId}/events`;
  await api.raw(path, { headers, signal: leaver.signal });
  leaver.abort();
  const late = eventsOf(begun.generationId);
  call.write(event({ content: 'two' }));
  await passTime();
  call.write(END);
  call.end();
  await settled(begun.chatId);
  expect(await late).toEqual(await eventsOf(begun.generationId));
  const resumed = await api.raw(path, { headers: { ...headers, 'last-event-id': '1' } });
  expect(await resumed.text()).not.toContain('one ');
});

test('an edit and a second answer are versions beside the first, and the model sees one path', async () => {
  const first = await begin('first');
  await answerCall(0, 'answer');
  const chat = await settled(first.chatId);
  const [asked] = chat.messages;
  const second = (
    await ask('POST', `/conversations/${first.chatId}/messages/${asked.id}/answers`, { model: 'grok-beta' })
  ).body;
  await answerCall(1, 'another');
  await settled(first.chatId);
  const edit = { parentId: null, model: 'grok-beta', text: 'edited' };
  expect((await ask('POST', `/conversations/${first.chatId}/messages`, edit)).status).toBe(201);
  await answerCall(2, 'to the edit');
  const { messages } = await settled(first.chatId);
  expect((await upstreamCall(2)).body.messages).toEqual([{ role: 'user', content: 'edited' }]);
  const textsBelow = (parentId: string | null) =>
    messages
      .filter((one: { parentId: string }) => one.parentId === parentId)
      .map(({ text }: { text: string }) => text);
  expect(textsBelow(null)).toEqual(['first', 'edited']);
  expect(textsBelow(asked.id)).toEqual(['answer', 'another']);
  const more = { parentId: second.messageId, model: 'grok-beta', text: 'go on' };
  await ask('POST', `/conversations/${first.chatId}/messages`, more);
  expect((await upstreamCall(3)).body.messages).toEqual([
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'another' },
    { role: 'user', content: 'go on' },
  ]);
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

test('pictures go to the model before the words, are looked at by their person, and stay with an edit', async () => {
  const { status, body: begun } = await ask('POST', '/conversations', {
    ...{ teamId: arthur.team.id, model: 'grok-vision-beta', text: 'What is this?' },
    pictures: [{ contentType: 'image/png', base64: PNG }],
  });
  expect(status).toBe(201);
  const url = `data:image/png;base64,${PNG}`;
  const content = [
    { type: 'image_url', image_url: { url } },
    { type: 'text', text: 'What is this?' },
  ];
  expect((await upstreamCall(0)).body.messages).toEqual([{ role: 'user', content }]);
  await answerCall(0, 'a towel');
  const [asked] = (await settled(begun.chatId)).messages;
  const [pictureId] = asked.pictureIds;
  const path = `/chat/conversations/${begun.chatId}/pictures/${pictureId}`;
  const picture = await api.raw(path, { headers: { 'x-test-person': arthur.userId } });
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(picture.headers.get('content-security-policy')).toContain('sandbox');
  expect(new Uint8Array(await picture.arrayBuffer()).toBase64()).toBe(PNG);

  const edit = { parentId: null, model: 'grok-vision-beta', text: '', pictures: [{ id: pictureId }] };
  expect((await ask('POST', `/conversations/${begun.chatId}/messages`, edit)).status).toBe(201);
  expect((await upstreamCall(1)).body.messages).toEqual([
    { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
  ]);
});

test('what is no picture, nobody’s picture or nothing at all is not sent', async () => {
  const of = { teamId: arthur.team.id, model: 'grok-vision-beta' };
  const html = { contentType: 'image/png', base64: btoa('<script>alert(1)</script>') };
  for (const body of [
    { ...of, text: 'x', pictures: [html] },
    { ...of, text: 'x', pictures: [{ contentType: 'image/svg+xml', base64: PNG }] },
    { ...of, text: ' ' },
  ])
    expect((await ask('POST', '/conversations', body)).status).toBe(400);
  const foreign = { ...of, text: 'x', pictures: [{ id: crypto.randomUUID() }] };
  expect((await ask('POST', '/conversations', foreign)).status).toBe(404);
  expect(gateway.upstream.calls).toHaveLength(0);
});

test('a conversation says to its models how to answer', async () => {
  const { body: begun } = await ask('POST', '/conversations', {
    ...{ teamId: arthur.team.id, model: 'grok-beta', text: 'Sing.', systemText: 'Answer in verse.' },
    temperature: 1.25,
  });
  const { messages, temperature } = (await upstreamCall(0)).body;
  expect(messages).toEqual([
    { role: 'system', content: 'Answer in verse.' },
    { role: 'user', content: 'Sing.' },
  ]);
  expect(temperature).toBe(1.25);
  await answerCall(0, 'la');
  const { messages: kept, ...chat } = await settled(begun.chatId);
  expect(chat).toMatchObject({ systemText: 'Answer in verse.', temperature: 1.25 });
  await ask('PATCH', `/conversations/${begun.chatId}`, { systemText: '', temperature: null });
  await ask('POST', `/conversations/${begun.chatId}/messages/${kept[0].id}/answers`, { model: 'grok-beta' });
  const second = (await upstreamCall(1)).body;
  expect(second.messages).toEqual([{ role: 'user', content: 'Sing.' }]);
  expect(second).not.toHaveProperty('temperature');
});

test('how long it thought and how long it took are told', async () => {
  const begun = await begin();
  const call = await upstreamCall(0);
  call.respond(200);
  call.write(event({ reasoning_content: 'hm' }));
  await passTime();
  call.write(event({ content: 'forty two' }));
  await passTime();
  call.write(END);
  call.end();
  const { answer } = (await settled(begun.chatId)).messages[1];
  expect(answer.reasoningMs).toBeGreaterThan(0);
  expect(answer.durationMs).toBeGreaterThan(answer.reasoningMs);
});

test('what is stopped keeps its words and its bill, and is gone on with', async () => {
  const begun = await begin();
  const call = await upstreamCall(0);
  call.respond(200);
  call.write(event({ content: 'once upon' }));
  await passTime();
  expect((await ask('POST', `/generations/${begun.generationId}/stop`, {})).body).toEqual({ done: true });
  const stopped = (await settled(begun.chatId)).messages[1];
  expect(stopped).toMatchObject({ text: 'once upon', answer: { state: 'stopped' } });
  expect(call.aborted || call.cancelled).toBeTrue();
  const { rows } = (await api.ask(arthur, 'GET', `/teams/${arthur.team.id}/requests`)).body;
  expect(BigInt(stopped.answer.costTicks)).toBeGreaterThan(0n);
  expect(stopped.answer.costTicks).toBe(rows[0].costTicks);

  const goOn = `/conversations/${begun.chatId}/messages/${begun.messageId}/continue`;
  expect((await ask('POST', goOn, {})).status).toBe(201);
  const asked = (await upstreamCall(1)).body.messages as { role: string; content: string }[];
  expect(asked.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  await answerCall(1, ' a time');
  expect((await settled(begun.chatId)).messages[1]).toMatchObject({
    ...{ text: 'once upon a time', answer: { state: 'done' } },
  });
});

test('what a dead process left is cut with the words that it has, and is gone on with', async () => {
  const begun = await begin();
  const call = await upstreamCall(0);
  call.respond(200);
  call.write(event({ content: 'so far' }));
  await passTime();
  await cutAbandoned({ ...api.ports.chat, processId: 'the next one' }, api.clock.nowMs() + 1);
  const { messages } = await read(begun.chatId);
  expect(messages[1]).toMatchObject({ text: 'so far', answer: { state: 'cut' } });
  // The process that was thought dead finds out with its next batch, and adds nothing.
  call.write(event({ content: ' and more' }));
  await passTime();
  expect((await read(begun.chatId)).messages[1].text).toBe('so far');
  const goOn = `/conversations/${begun.chatId}/messages/${begun.messageId}/continue`;
  expect((await ask('POST', goOn, {})).status).toBe(201);
});

test('a refusal and a failure say why, and an answer that runs is not answered beside itself', async () => {
  const refused = (
    await ask('POST', '/conversations', { teamId: arthur.team.id, model: 'nobody', text: 'hello' })
  ).body;
  const chat = await settled(refused.chatId);
  expect(chat.messages[1].answer).toMatchObject({ state: 'failed', costTicks: '0' });
  expect(chat.messages[1].answer.reason).toContain('nobody');

  const begun = await begin();
  (await upstreamCall(0)).respond(200);
  const below = { parentId: begun.messageId, model: 'grok-beta', text: 'too early' };
  const early = await ask('POST', `/conversations/${begun.chatId}/messages`, below);
  expect([early.status, early.body.error.code]).toEqual([429, 'too-many']);
});

test('whoever only pays for a team lets no model write, and a stranger’s team is not there', async () => {
  const ford = await api.person('ford@example.com');
  const first = { teamId: arthur.team.id, model: 'grok-beta', text: 'hello' };
  expect((await ask('POST', '/conversations', first, ford)).status).toBe(404);
  await gateway.storage.accounts.setMemberRole(ford.team.id, ford.userId, 'billing');
  const own = { ...first, teamId: ford.team.id };
  expect((await ask('POST', '/conversations', own, ford)).status).toBe(403);
});

test('a conversation is renamed, pinned, found, exported, deleted and taken back', async () => {
  const { chatId } = await begin('数据库的迁移怎么做？');
  await answerCall(0, '分两步。');
  await settled(chatId);
  const path = `/conversations/${chatId}`;
  expect((await ask('PATCH', path, { title: 'Ports', pinned: true })).body).toMatchObject({
    ...{ title: 'Ports', pinnedAtMs: api.clock.nowMs() },
  });
  expect((await ask('PATCH', path, { leafId: 'x' })).status).toBe(400);
  const found = await ask('GET', `/search?text=${encodeURIComponent('两步')}`);
  expect(found.body.rows).toMatchObject([{ chat: { id: chatId }, excerpt: '分两步。' }]);
  const document = await ask('GET', `${path}/export`);
  expect(document.text).toBe('# Ports\n\n## You\n\n数据库的迁移怎么做？\n\n## grok-beta\n\n分两步。\n');
  expect((await ask('GET', `${path}/export?format=json`)).body.messages).toHaveLength(2);
  await ask('PATCH', path, { trashed: true });
  expect((await ask('GET', '/conversations')).body.rows).toEqual([]);
  expect((await ask('GET', '/conversations?trash=true')).body.rows).toHaveLength(1);
  await ask('PATCH', path, { trashed: false });
  expect((await ask('GET', '/conversations')).body.rows).toMatchObject([{ id: chatId, trashedAtMs: null }]);
});

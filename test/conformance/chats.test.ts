import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { BegunTurn, ChatMessageRow, ChatRow, GenerationEnd } from '../../src/storage/chat-store.ts';
import { InvalidPage } from '../../src/storage/page.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

const NO_BILL = {
  ...{ costTicks: 0n, inputTokens: 0, outputTokens: 0, reasoningTokens: 0 },
  ...{ firstTokenMs: null, reasoningMs: 0, durationMs: 0 },
};

for (const engine of ENGINES) {
  describeOn(engine, 'conversations', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let made = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    afterAll(() => opened.dispose());

    /** A first turn of a person, and its answer that runs. */
    function firstTurn(userId: string, text = 'hello', atMs = NOON_MS) {
      made += 1;
      const [chatId, askedId, answerId] = [`chat-${made}`, `asked-${made}`, `answer-${made}`];
      const chat: ChatRow = {
        ...{ id: chatId, userId, organizationId: 'team', title: text, modelId: 'grok', leafId: answerId },
        ...{ pinnedAtMs: null, trashedAtMs: null, createdAtMs: atMs, activeAtMs: atMs },
        ...{ systemText: '', temperature: null },
      };
      const asked: ChatMessageRow = {
        ...{ id: askedId, chatId, parentId: null, role: 'user', text, pictureIds: [] },
        ...{ reasoning: '', createdAtMs: atMs, answer: null },
      };
      const answer: ChatMessageRow = {
        ...{ id: answerId, chatId, parentId: askedId, role: 'assistant', text: '', reasoning: '' },
        ...{ createdAtMs: atMs, pictureIds: [] },
        answer: { state: 'running', modelId: 'grok', generationId: `run-${made}`, reason: null, ...NO_BILL },
      };
      const turn: BegunTurn = {
        ...{ newChat: chat, userMessage: asked, answerMessage: answer },
        generation: run(`run-${made}`, { chatId, messageId: answerId, userId }, atMs),
      };
      return { chat, asked, answer, turn };
    }
    const run = (id: string, of: { chatId: string; messageId: string; userId: string }, atMs = NOON_MS) => ({
      ...{ ...of, id, processId: 'process-1', startedAtMs: atMs },
    });
    const begin = async (userId: string, text?: string, atMs?: number) => {
      const first = firstTurn(userId, text, atMs);
      expect(await storage.chats.begin(first.turn, 8)).toBe('done');
      return first;
    };
    const endOf = ({ turn }: { turn: BegunTurn }, change: Partial<GenerationEnd> = {}): GenerationEnd => ({
      ...{ generationId: turn.generation.id, messageId: turn.generation.messageId, state: 'done' },
      ...{
        reason: 'stop',
        text: '',
        reasoning: '',
        number: 99,
        atMs: NOON_MS + 1_000,
        ...NO_BILL,
        ...change,
      },
    });

    test('a turn is kept as it was begun, for its person only', async () => {
      const { chat, asked, answer, turn } = await begin('arthur');
      expect(await storage.chats.find('arthur', chat.id)).toEqual(chat);
      expect(await storage.chats.messages('arthur', chat.id)).toEqual([asked, answer]);
      expect(await storage.chats.find('ford', chat.id)).toBeUndefined();
      expect(await storage.chats.messages('ford', chat.id)).toEqual([]);
      expect(await storage.chats.change('ford', chat.id, { title: 'mine' })).toBeFalse();
      expect(await storage.chats.findGeneration('ford', turn.generation.id)).toBeUndefined();
      expect(await storage.chats.askToStop('ford', turn.generation.id)).toBeFalse();
      expect((await storage.chats.list('ford', { limit: 9, inTrash: false })).rows).toEqual([]);
    });

    test('a list says which conversations are being answered', async () => {
      const [running, over] = [await begin('eddie', 'running'), await begin('eddie', 'over')];
      expect(await storage.chats.finish(endOf(over))).toBeTrue();
      const { rows } = await storage.chats.list('eddie', { limit: 9, inTrash: false });
      expect(Object.fromEntries(rows.map(({ id, isAnswering }) => [id, isAnswering]))).toEqual({
        [running.chat.id]: true,
        [over.chat.id]: false,
      });
    });

    test('pictures are kept with their conversation, and are there for its person only', async () => {
      const first = firstTurn('arthur');
      const { id: chatId } = first.chat;
      const picture = { id: `${chatId}-towel`, chatId, contentType: 'image/png', base64: 'iVBORw0KGgo=' };
      const userMessage = { ...first.asked, pictureIds: [picture.id] };
      expect(await storage.chats.begin({ ...first.turn, userMessage, pictures: [picture] }, 8)).toBe('done');
      expect((await storage.chats.messages('arthur', chatId))[0]?.pictureIds).toEqual([picture.id]);
      expect(await storage.chats.pictures('arthur', chatId, [picture.id, 'none'])).toEqual([picture]);
      expect(await storage.chats.pictures('arthur', chatId, [])).toEqual([]);
      expect(await storage.chats.pictures('ford', chatId, [picture.id])).toEqual([]);
      const other = await begin('arthur');
      expect(await storage.chats.pictures('arthur', other.chat.id, [picture.id])).toEqual([]);
      await storage.chats.change('arthur', chatId, { trashedAtMs: NOON_MS });
      await storage.chats.sweep({ trashedMs: NOON_MS + 1, endedMs: 0 });
      expect(await storage.chats.pictures('arthur', chatId, [picture.id])).toEqual([]);
    });

    test('how its models are to answer is changed and taken back', async () => {
      const { chat } = await begin('arthur');
      const change = { systemText: 'Answer in verse.', temperature: 150 };
      expect(await storage.chats.change('arthur', chat.id, change)).toBeTrue();
      expect(await storage.chats.find('arthur', chat.id)).toEqual({ ...chat, ...change });
      await storage.chats.change('arthur', chat.id, { temperature: null });
      expect((await storage.chats.find('arthur', chat.id))?.temperature).toBeNull();
    });

    test('nobody adds a turn to what is somebody else’s', async () => {
      const { chat, answer } = await begin('arthur');
      const generation = run('stolen', { chatId: chat.id, messageId: answer.id, userId: 'ford' });
      expect(await storage.chats.begin({ generation }, 8)).toBe('busy');
      expect(await storage.chats.findGeneration('ford', 'stolen')).toBeUndefined();
    });

    test('the log is read from anywhere, and its end adds up on the answer', async () => {
      const first = await begin('arthur');
      const id = first.turn.generation.id;
      const events = [
        { number: 1, kind: 'reasoning' as const, text: 'hm' },
        { number: 2, kind: 'text' as const, text: 'forty' },
        { number: 3, kind: 'text' as const, text: ' two' },
      ];
      expect(await storage.chats.append(id, events.slice(0, 2), NOON_MS)).toBe('running');
      expect(await storage.chats.append(id, events.slice(2), NOON_MS)).toBe('running');
      expect(await storage.chats.eventsAfter(id, 0, 100)).toEqual(events);
      expect(await storage.chats.eventsAfter(id, 2, 100)).toEqual(events.slice(2));
      const bill = {
        ...{ costTicks: 9_007_199_254_740_993n, inputTokens: 3, outputTokens: 2, firstTokenMs: 120 },
        ...{ reasoningMs: 400, durationMs: 900 },
      };
      const end = endOf(first, { text: 'forty two', reasoning: 'hm', number: 4, ...bill });
      expect(await storage.chats.finish(end)).toBeTrue();
      expect(await storage.chats.finish({ ...end, text: 'again' })).toBeFalse();
      expect(await storage.chats.append(id, [{ number: 5, kind: 'text', text: 'late' }], NOON_MS)).toBe(
        'over',
      );
      expect(await storage.chats.eventsAfter(id, 3, 100)).toEqual([{ number: 4, kind: 'end', text: 'done' }]);
      const [, answer] = await storage.chats.messages('arthur', first.chat.id);
      expect(answer).toMatchObject({
        text: 'forty two',
        reasoning: 'hm',
        answer: { state: 'done', ...bill },
      });

      const again = { generation: run('goes-on', { ...first.turn.generation }) };
      expect(await storage.chats.begin(again, 8)).toBe('done');
      expect(
        await storage.chats.finish(endOf({ turn: again }, { text: '!', inputTokens: 5, durationMs: 100 })),
      ).toBeTrue();
      const [, longer] = await storage.chats.messages('arthur', first.chat.id);
      expect(longer).toMatchObject({
        text: 'forty two!',
        answer: { generationId: 'goes-on', inputTokens: 8, costTicks: bill.costTicks, durationMs: 1_000 },
      });
    });

    test('a person has as many running as they may, whoever comes at once; an answer has one', async () => {
      const turns = Array.from({ length: 8 }, () => firstTurn('zaphod'));
      const outcomes = await Promise.all(turns.map(({ turn }) => storage.chats.begin(turn, 3)));
      expect(outcomes.sort()).toEqual([...Array(5).fill('busy'), ...Array(3).fill('done')]);
      const { rows } = await storage.chats.list('zaphod', { limit: 9, inTrash: false });
      expect(rows).toHaveLength(3);
      const [running] = turns.filter(({ chat }) => rows.some(({ id }) => id === chat.id));
      if (running === undefined) throw new Error('none was begun');
      const second = { generation: run('second', running.turn.generation) };
      expect(await storage.chats.begin(second, 99)).toBe('busy');
    });

    test('a wish to stop reaches whoever writes the log', async () => {
      const { turn } = await begin('marvin');
      expect(await storage.chats.askToStop('marvin', turn.generation.id)).toBeTrue();
      expect(await storage.chats.append(turn.generation.id, [], NOON_MS)).toBe('asked-to-stop');
      await storage.chats.finish(endOf({ turn }, { state: 'stopped' }));
      expect(await storage.chats.askToStop('marvin', turn.generation.id)).toBeFalse();
    });

    test('what a dead process left is found, and nothing of a living one', async () => {
      const old = await begin('tricia', 'old');
      const young = await begin('tricia', 'young');
      await storage.chats.append(young.turn.generation.id, [], NOON_MS + 60_000);
      const left = await storage.chats.abandoned('process-2', NOON_MS + 1);
      const ids = left.filter(({ userId }) => userId === 'tricia').map(({ id }) => id);
      expect(ids).toEqual([old.turn.generation.id]);
      expect(await storage.chats.abandoned('process-1', NOON_MS + 1)).toEqual([]);
    });

    test('pages go by activity, also among conversations of one moment', async () => {
      for (let at = 0; at < 5; at += 1) await begin('slartibartfast', 'fjord', NOON_MS + Math.floor(at / 2));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await storage.chats.list('slartibartfast', { limit: 2, cursor, inTrash: false });
        seen.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(new Set(seen).size).toBe(5);
      const made = await Promise.all(seen.map((id) => storage.chats.find('slartibartfast', id)));
      const moments = made.map((chat) => chat?.activeAtMs ?? 0);
      expect(moments).toEqual([...moments].sort((a, b) => b - a));
      const bad = storage.chats.list('slartibartfast', { limit: 2, cursor: 'x', inTrash: false });
      expect(bad).rejects.toBeInstanceOf(InvalidPage);
    });

    test('the search finds pieces, Chinese and signs, in titles and messages, of oneself only', async () => {
      const chinese = await begin('fook', '数据库的迁移怎么做？', NOON_MS);
      const signs = await begin('fook', 'a 100%_sure \\d thing', NOON_MS + 1);
      const find = async (text: string, userId = 'fook') =>
        (await storage.chats.search(userId, text, 20)).map(({ chat }) => chat.id);
      expect(await find('迁移')).toEqual([chinese.chat.id]);
      expect(await find('100%_SURE')).toEqual([signs.chat.id]);
      expect(await find('\\d')).toEqual([signs.chat.id]);
      expect(await find('1%0')).toEqual([]);
      expect(await find('迁移', 'ford')).toEqual([]);
      await storage.chats.change('fook', signs.chat.id, { title: 'Renamed' });
      expect(await storage.chats.search('fook', 'renamed', 20)).toMatchObject([{ message: undefined }]);
      await storage.chats.change('fook', chinese.chat.id, { trashedAtMs: NOON_MS });
      expect(await find('迁移')).toEqual([]);
    });

    test('the trash is left by whoever wants it back, and emptied of what is old', async () => {
      const [back, gone] = [await begin('lunk'), await begin('lunk')];
      for (const { chat, turn } of [back, gone]) {
        await storage.chats.finish(endOf({ turn }));
        await storage.chats.change('lunk', chat.id, { trashedAtMs: NOON_MS });
      }
      expect((await storage.chats.list('lunk', { limit: 9, inTrash: true })).rows).toHaveLength(2);
      await storage.chats.change('lunk', back.chat.id, { trashedAtMs: null });
      await storage.chats.sweep({ trashedMs: NOON_MS + 1, endedMs: NOON_MS });
      expect(await storage.chats.find('lunk', back.chat.id)).toEqual(back.chat);
      expect(await storage.chats.find('lunk', gone.chat.id)).toBeUndefined();
      expect(await storage.chats.messages('lunk', gone.chat.id)).toEqual([]);
      expect(await storage.chats.eventsAfter(back.turn.generation.id, 0, 9)).toHaveLength(1);
      await storage.chats.sweep({ trashedMs: 0, endedMs: NOON_MS + 1_001 });
      expect(await storage.chats.eventsAfter(back.turn.generation.id, 0, 9)).toEqual([]);
      expect(await storage.chats.messages('lunk', back.chat.id)).toHaveLength(2);
    });
  });
}

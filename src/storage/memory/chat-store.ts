import { foldText, readChatCursor, writeChatCursor } from '../chat-cursor.ts';
import type {
  BegunTurn,
  ChatChange,
  ChatFinding,
  ChatMessageRow,
  ChatPageRequest,
  ChatPictureRow,
  ChatRow,
  ChatStore,
  GenerationEnd,
  GenerationEvent,
  GenerationRow,
  GenerationState,
  ListedChat,
} from '../chat-store.ts';
import type { Page } from '../page.ts';
import { compareTexts } from './compare-texts.ts';

interface KeptGeneration {
  row: GenerationRow;
  seenAtMs: number;
  endedAtMs: number | null;
  events: GenerationEvent[];
}

export class MemoryChatStore implements ChatStore {
  readonly #chats = new Map<string, ChatRow>();
  readonly #messages = new Map<string, ChatMessageRow>();
  readonly #pictures = new Map<string, ChatPictureRow>();
  readonly #generations = new Map<string, KeptGeneration>();

  async list(userId: string, { limit, cursor, inTrash }: ChatPageRequest): Promise<Page<ListedChat>> {
    const after = readChatCursor(limit, cursor);
    const all = this.#of(userId, inTrash).filter((row) => after === undefined || byActivity(after, row) < 0);
    const rows = all.slice(0, limit).map((row) => ({ ...row, isAnswering: this.#isAnswering(row.id) }));
    const last = rows.at(-1);
    return all.length > limit && last !== undefined ? { rows, nextCursor: writeChatCursor(last) } : { rows };
  }

  async find(userId: string, chatId: string): Promise<ChatRow | undefined> {
    const row = this.#chats.get(chatId);
    return row?.userId === userId ? row : undefined;
  }

  async messages(userId: string, chatId: string): Promise<readonly ChatMessageRow[]> {
    if ((await this.find(userId, chatId)) === undefined) return [];
    return [...this.#messages.values()].filter((message) => message.chatId === chatId);
  }

  async pictures(userId: string, chatId: string, ids: readonly string[]): Promise<readonly ChatPictureRow[]> {
    if ((await this.find(userId, chatId)) === undefined) return [];
    return [...this.#pictures.values()].filter((row) => row.chatId === chatId && ids.includes(row.id));
  }

  async change(userId: string, chatId: string, change: ChatChange): Promise<boolean> {
    const row = await this.find(userId, chatId);
    if (row !== undefined) this.#chats.set(chatId, { ...row, ...change });
    return row !== undefined;
  }

  async search(userId: string, text: string, limit: number): Promise<readonly ChatFinding[]> {
    const wanted = foldText(text);
    const findings: ChatFinding[] = [];
    for (const chat of this.#of(userId, false)) {
      const message = [...this.#messages.values()].findLast(
        (one) => one.chatId === chat.id && foldText(one.text).includes(wanted),
      );
      if (message !== undefined || foldText(chat.title).includes(wanted))
        findings.push({ chat, message: message && { id: message.id, text: message.text } });
    }
    return findings.slice(0, limit);
  }

  async begin(turn: BegunTurn, mostRunning: number): Promise<'done' | 'busy'> {
    const { newChat, userMessage, answerMessage, generation } = turn;
    const running = [...this.#generations.values()].filter(({ row }) => row.state === 'running');
    if (running.filter(({ row }) => row.userId === generation.userId).length >= mostRunning) return 'busy';
    if (running.some(({ row }) => row.messageId === generation.messageId)) return 'busy';
    const chat = newChat ?? this.#chats.get(generation.chatId);
    if (chat?.userId !== generation.userId) return 'busy';
    for (const picture of turn.pictures ?? []) this.#pictures.set(picture.id, picture);
    for (const message of [userMessage, answerMessage])
      if (message !== undefined) this.#messages.set(message.id, message);
    const { messageId, startedAtMs } = generation;
    this.#changeAnswer(messageId, { state: 'running', generationId: generation.id, reason: null });
    this.#chats.set(chat.id, { ...chat, activeAtMs: startedAtMs, leafId: messageId, trashedAtMs: null });
    const row: GenerationRow = { ...generation, state: 'running', isAskedToStop: false };
    this.#generations.set(row.id, { row, seenAtMs: startedAtMs, endedAtMs: null, events: [] });
    return 'done';
  }

  async append(id: string, events: readonly GenerationEvent[], atMs: number): Promise<GenerationState> {
    const kept = this.#generations.get(id);
    if (kept?.row.state !== 'running') return 'over';
    kept.seenAtMs = atMs;
    kept.events.push(...events);
    return kept.row.isAskedToStop ? 'asked-to-stop' : 'running';
  }

  async eventsAfter(id: string, after: number, limit: number): Promise<readonly GenerationEvent[]> {
    return (this.#generations.get(id)?.events ?? []).filter(({ number }) => number > after).slice(0, limit);
  }

  async findGeneration(userId: string, id: string): Promise<GenerationRow | undefined> {
    const row = this.#generations.get(id)?.row;
    return row?.userId === userId ? row : undefined;
  }

  async askToStop(userId: string, id: string): Promise<boolean> {
    const kept = this.#generations.get(id);
    if (kept?.row.userId !== userId || kept.row.state !== 'running') return false;
    kept.row = { ...kept.row, isAskedToStop: true };
    return true;
  }

  async finish(end: GenerationEnd): Promise<boolean> {
    const kept = this.#generations.get(end.generationId);
    if (kept?.row.state !== 'running') return false;
    const { state, reason, firstTokenMs, atMs } = end;
    kept.row = { ...kept.row, state };
    kept.endedAtMs = atMs;
    kept.events.push({ number: end.number, kind: 'end', text: state });
    const message = this.#messages.get(end.messageId);
    if (message?.answer == null) return true;
    const { answer } = message;
    this.#messages.set(message.id, {
      ...message,
      text: message.text + end.text,
      reasoning: message.reasoning + end.reasoning,
    });
    this.#changeAnswer(message.id, {
      ...{ state, reason, firstTokenMs, costTicks: answer.costTicks + end.costTicks },
      reasoningMs: answer.reasoningMs + end.reasoningMs,
      durationMs: answer.durationMs + end.durationMs,
      inputTokens: answer.inputTokens + end.inputTokens,
      outputTokens: answer.outputTokens + end.outputTokens,
      reasoningTokens: answer.reasoningTokens + end.reasoningTokens,
    });
    return true;
  }

  async abandoned(processId: string, seenBeforeMs: number): Promise<readonly GenerationRow[]> {
    return [...this.#generations.values()]
      .filter(({ row, seenAtMs }) => row.state === 'running' && seenAtMs < seenBeforeMs)
      .map(({ row }) => row)
      .filter((row) => row.processId !== processId);
  }

  async sweep({ trashedMs, endedMs }: { trashedMs: number; endedMs: number }): Promise<void> {
    for (const chat of this.#chats.values()) {
      if (chat.trashedAtMs === null || chat.trashedAtMs >= trashedMs) continue;
      this.#chats.delete(chat.id);
      for (const { id, chatId } of this.#pictures.values()) if (chatId === chat.id) this.#pictures.delete(id);
      for (const { id, chatId } of this.#messages.values()) if (chatId === chat.id) this.#messages.delete(id);
      for (const { row } of this.#generations.values())
        if (row.chatId === chat.id) this.#generations.delete(row.id);
    }
    for (const kept of this.#generations.values())
      if (kept.endedAtMs !== null && kept.endedAtMs < endedMs) kept.events = [];
  }

  #isAnswering(chatId: string): boolean {
    return [...this.#generations.values()].some(
      ({ row }) => row.chatId === chatId && row.state === 'running',
    );
  }

  #of(userId: string, inTrash: boolean): ChatRow[] {
    return [...this.#chats.values()]
      .filter((row) => row.userId === userId && (row.trashedAtMs !== null) === inTrash)
      .sort(byActivity);
  }

  #changeAnswer(messageId: string, change: Partial<NonNullable<ChatMessageRow['answer']>>): void {
    const message = this.#messages.get(messageId);
    if (message?.answer != null)
      this.#messages.set(messageId, { ...message, answer: { ...message.answer, ...change } });
  }
}

function byActivity(a: Pick<ChatRow, 'activeAtMs' | 'id'>, b: Pick<ChatRow, 'activeAtMs' | 'id'>): number {
  return b.activeAtMs - a.activeAtMs || compareTexts(b.id, a.id);
}

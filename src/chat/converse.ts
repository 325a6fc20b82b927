import type { ChatMessageRow, ChatRow } from '../storage/chat-store.ts';
import type { CallModel, ChatPorts } from './chat-ports.ts';
import { firstTitle } from './first-title.ts';
import type { GenerationRoom } from './generation-room.ts';
import { runGeneration } from './run-generation.ts';
import { pathTo, writeRequest } from './write-request.ts';

/** More at once are a script's, which has the API for it. */
const MOST_RUNNING = 4;

export type ConversePorts = ChatPorts & { readonly room: GenerationRoom };

/** Where a turn goes. */
export interface Place {
  readonly userId: string;
  readonly chat: ChatRow;
}

export interface Begun {
  readonly outcome: 'done';
  readonly chatId: string;
  readonly messageId: string;
  readonly generationId: string;
}

/** `unknown`: no such message here. `busy`: as many run as may, or this answer is being written. */
export type Beginning = Begun | { readonly outcome: 'unknown' } | { readonly outcome: 'busy' };

/** Begins a conversation with its first message. */
export function beginChat(
  ports: ConversePorts,
  callModel: CallModel,
  first: Pick<ChatRow, 'userId' | 'organizationId' | 'modelId'> & { readonly text: string },
): Promise<Beginning> {
  const { userId, organizationId, modelId, text } = first;
  const nowMs = ports.clock.nowMs();
  const chat: ChatRow = {
    ...{ id: ports.random.uuid(), userId, organizationId, modelId, leafId: '', title: firstTitle(text) },
    ...{ pinnedAtMs: null, trashedAtMs: null, createdAtMs: nowMs, activeAtMs: nowMs },
  };
  return answer(ports, callModel, { userId, chat }, [], { newChat: chat, modelId, parentId: null, text });
}

/** Adds a message below `parentId`. Below the parent of another message it is a new version of that one. */
export async function sendMessage(
  ports: ConversePorts,
  callModel: CallModel,
  place: Place,
  { parentId, modelId, text }: { parentId: string | null; modelId: string; text: string },
): Promise<Beginning> {
  const messages = await ports.chats.messages(place.userId, place.chat.id);
  const path = parentId === null ? [] : pathTo(messages, parentId);
  const parent = path.at(-1);
  if (parentId !== null && parent?.role !== 'assistant') return { outcome: 'unknown' };
  if (parent?.answer?.state === 'running') return { outcome: 'busy' };
  return answer(ports, callModel, place, path, { modelId, parentId, text });
}

/** Has a person's message answered once more, beside the answers that it has. */
export async function regenerate(
  ports: ConversePorts,
  callModel: CallModel,
  place: Place,
  { messageId, modelId }: { messageId: string; modelId: string },
): Promise<Beginning> {
  const path = pathTo(await ports.chats.messages(place.userId, place.chat.id), messageId);
  if (path.at(-1)?.role !== 'user') return { outcome: 'unknown' };
  return answer(ports, callModel, place, path, { modelId, parentId: messageId, text: undefined });
}

/** Goes on with an answer that was stopped, cut or ended by its length. */
export async function continueAnswer(
  ports: ConversePorts,
  callModel: CallModel,
  place: Place,
  messageId: string,
): Promise<Beginning> {
  const path = pathTo(await ports.chats.messages(place.userId, place.chat.id), messageId);
  const going = path.at(-1);
  if (going?.answer == null) return { outcome: 'unknown' };
  if (going.answer.state === 'running') return { outcome: 'busy' };
  return run(ports, callModel, place, { path, modelId: going.answer.modelId, messageId });
}

interface NewTurn {
  readonly newChat?: ChatRow;
  readonly modelId: string;
  readonly parentId: string | null;
  /** Undefined when `parentId` is the message to be answered. */
  readonly text: string | undefined;
}

function answer(
  ports: ConversePorts,
  callModel: CallModel,
  place: Place,
  path: readonly ChatMessageRow[],
  { newChat, modelId, parentId, text }: NewTurn,
): Promise<Beginning> {
  const of = { chatId: place.chat.id, reasoning: '', createdAtMs: ports.clock.nowMs() };
  const userMessage: ChatMessageRow | undefined =
    text === undefined
      ? undefined
      : { ...of, id: ports.random.uuid(), parentId, role: 'user', text, answer: null };
  const messageId = ports.random.uuid();
  const answered = userMessage?.id ?? parentId;
  return run(ports, callModel, place, {
    ...(newChat === undefined ? {} : { newChat: { ...newChat, leafId: messageId } }),
    ...(userMessage === undefined ? {} : { userMessage }),
    path: userMessage === undefined ? path : [...path, userMessage],
    ...{ modelId, messageId, answer: { ...of, id: messageId, parentId: answered } },
  });
}

interface Running {
  readonly newChat?: ChatRow;
  readonly userMessage?: ChatMessageRow;
  readonly path: readonly ChatMessageRow[];
  readonly modelId: string;
  readonly messageId: string;
  /** Of a new answer. */
  readonly answer?: Pick<ChatMessageRow, 'id' | 'chatId' | 'parentId' | 'reasoning' | 'createdAtMs'>;
}

async function run(
  ports: ConversePorts,
  callModel: CallModel,
  { userId, chat }: Place,
  { newChat, userMessage, path, modelId, messageId, answer: fresh }: Running,
): Promise<Beginning> {
  if (ports.room.isClosed) return { outcome: 'busy' };
  const generationId = ports.random.uuid();
  const bill = { costTicks: 0n, inputTokens: 0, outputTokens: 0, reasoningTokens: 0, firstTokenMs: null };
  const answerMessage: ChatMessageRow | undefined = fresh && {
    ...{ ...fresh, role: 'assistant', text: '' },
    answer: { state: 'running', modelId, generationId, reason: null, ...bill },
  };
  const generation = {
    ...{ id: generationId, chatId: chat.id, messageId, userId, processId: ports.processId },
    startedAtMs: ports.clock.nowMs(),
  };
  const outcome = await ports.chats.begin(
    {
      ...(newChat === undefined ? {} : { newChat }),
      ...(userMessage === undefined ? {} : { userMessage }),
      ...(answerMessage === undefined ? {} : { answerMessage }),
      generation,
    },
    MOST_RUNNING,
  );
  if (outcome === 'busy') return { outcome };
  const bodyText = writeRequest(modelId, path);
  const { organizationId } = chat;
  void runGeneration(ports, callModel, { generationId, messageId, organizationId, bodyText });
  return { outcome: 'done', chatId: chat.id, messageId, generationId };
}

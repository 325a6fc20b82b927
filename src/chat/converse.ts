import type { ChatMessageRow, ChatPictureRow, ChatRow } from '../storage/chat-store.ts';
import type { CallModel, ChatPorts } from './chat-ports.ts';
import { NO_BILL } from './find-bill.ts';
import { firstTitle } from './first-title.ts';
import type { GenerationRoom } from './generation-room.ts';
import { runGeneration } from './run-generation.ts';
import { pathTo, picturesToSend, writeRequest } from './write-request.ts';

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

/** A picture that is sent: a new one, or one that the conversation has. */
type SentPicture = Pick<ChatPictureRow, 'contentType' | 'base64'> | Pick<ChatPictureRow, 'id'>;

/** What a person sends. */
interface Said {
  readonly text: string;
  readonly pictures?: readonly SentPicture[];
}

interface FirstTurn extends Said, Pick<ChatRow, 'userId' | 'organizationId' | 'modelId'> {
  readonly systemText?: string;
  readonly temperature?: number | null;
  /** What a conversation is called that begins without a word. */
  readonly untitled?: string;
}

/** Begins a conversation with its first message. */
export async function beginChat(
  ports: ConversePorts,
  callModel: CallModel,
  first: FirstTurn,
): Promise<Beginning> {
  const { userId, organizationId, modelId, text, systemText = '', temperature = null } = first;
  const nowMs = ports.clock.nowMs();
  const chat: ChatRow = {
    ...{ id: ports.random.uuid(), userId, organizationId, modelId, leafId: '', systemText, temperature },
    title: text === '' ? (first.untitled ?? '') : firstTitle(text),
    ...{ pinnedAtMs: null, trashedAtMs: null, createdAtMs: nowMs, activeAtMs: nowMs },
  };
  const place = { userId, chat };
  const shown = await takePictures(ports, place, first.pictures, true);
  if (shown === undefined) return { outcome: 'unknown' };
  return answer(ports, callModel, place, [], {
    newChat: chat,
    modelId,
    parentId: null,
    said: { text, ...shown },
  });
}

/** Adds a message below `parentId`. Below the parent of another message it is a new version of that one. */
export async function sendMessage(
  ports: ConversePorts,
  callModel: CallModel,
  place: Place,
  {
    parentId,
    modelId,
    text,
    pictures,
  }: Said & { readonly parentId: string | null; readonly modelId: string },
): Promise<Beginning> {
  const messages = await ports.chats.messages(place.userId, place.chat.id);
  const path = parentId === null ? [] : pathTo(messages, parentId);
  const parent = path.at(-1);
  if (parentId !== null && parent?.role !== 'assistant') return { outcome: 'unknown' };
  if (parent?.answer?.state === 'running') return { outcome: 'busy' };
  const shown = await takePictures(ports, place, pictures, false);
  if (shown === undefined) return { outcome: 'unknown' };
  return answer(ports, callModel, place, path, { modelId, parentId, said: { text, ...shown } });
}

interface TakenPictures {
  readonly pictureIds: readonly string[];
  readonly added: readonly ChatPictureRow[];
}

/** Gives new pictures their ids. Undefined when one is named that the conversation does not have. */
async function takePictures(
  ports: ConversePorts,
  { userId, chat }: Place,
  sent: readonly SentPicture[] = [],
  isNewChat: boolean,
): Promise<TakenPictures | undefined> {
  const named = sent.flatMap((picture) => ('id' in picture ? [picture.id] : []));
  if (named.length > 0) {
    const there = isNewChat ? [] : await ports.chats.pictures(userId, chat.id, named);
    if (new Set(named).size !== there.length) return undefined;
  }
  const added: ChatPictureRow[] = [];
  const pictureIds = sent.map((picture) => {
    if ('id' in picture) return picture.id;
    const { contentType, base64 } = picture;
    const row = { id: ports.random.uuid(), chatId: chat.id, contentType, base64 };
    added.push(row);
    return row.id;
  });
  return { pictureIds, added };
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
  return answer(ports, callModel, place, path, { modelId, parentId: messageId, said: undefined });
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
  readonly said: (TakenPictures & { readonly text: string }) | undefined;
}

function answer(
  ports: ConversePorts,
  callModel: CallModel,
  place: Place,
  path: readonly ChatMessageRow[],
  { newChat, modelId, parentId, said }: NewTurn,
): Promise<Beginning> {
  const of = { chatId: place.chat.id, reasoning: '', createdAtMs: ports.clock.nowMs() };
  const userMessage: ChatMessageRow | undefined =
    said === undefined
      ? undefined
      : {
          ...{ ...of, id: ports.random.uuid(), parentId, role: 'user', answer: null },
          ...{ text: said.text, pictureIds: said.pictureIds },
        };
  const messageId = ports.random.uuid();
  const answered = userMessage?.id ?? parentId;
  return run(ports, callModel, place, {
    ...(newChat === undefined ? {} : { newChat: { ...newChat, leafId: messageId } }),
    ...(userMessage === undefined ? {} : { userMessage }),
    path: userMessage === undefined ? path : [...path, userMessage],
    added: said?.added ?? [],
    ...{ modelId, messageId, answer: { ...of, id: messageId, parentId: answered } },
  });
}

interface Running {
  readonly newChat?: ChatRow;
  readonly userMessage?: ChatMessageRow;
  readonly path: readonly ChatMessageRow[];
  /** Pictures that the person's message brings. */
  readonly added?: readonly ChatPictureRow[];
  readonly modelId: string;
  readonly messageId: string;
  /** Of a new answer. */
  readonly answer?: Pick<ChatMessageRow, 'id' | 'chatId' | 'parentId' | 'reasoning' | 'createdAtMs'>;
}

async function run(
  ports: ConversePorts,
  callModel: CallModel,
  { userId, chat }: Place,
  { newChat, userMessage, path, added = [], modelId, messageId, answer: fresh }: Running,
): Promise<Beginning> {
  if (ports.room.isClosed) return { outcome: 'busy' };
  const generationId = ports.random.uuid();
  const bill = { ...NO_BILL, firstTokenMs: null, reasoningMs: 0, durationMs: 0 };
  const answerMessage: ChatMessageRow | undefined = fresh && {
    ...{ ...fresh, role: 'assistant', text: '', pictureIds: [] },
    answer: { state: 'running', modelId, generationId, reason: null, ...bill },
  };
  const generation = {
    ...{ id: generationId, chatId: chat.id, messageId, userId, processId: ports.processId },
    startedAtMs: ports.clock.nowMs(),
  };
  const kept = await ports.chats.pictures(userId, chat.id, picturesToSend(path));
  const outcome = await ports.chats.begin(
    {
      ...(newChat === undefined ? {} : { newChat }),
      ...(userMessage === undefined ? {} : { userMessage }),
      ...(answerMessage === undefined ? {} : { answerMessage }),
      pictures: added,
      generation,
    },
    MOST_RUNNING,
  );
  if (outcome === 'busy') return { outcome };
  const sent = new Set(picturesToSend(path));
  const pictures = new Map([...kept, ...added].filter(({ id }) => sent.has(id)).map((row) => [row.id, row]));
  const bodyText = writeRequest(modelId, chat, path, pictures);
  const { organizationId } = chat;
  void runGeneration(ports, callModel, { generationId, messageId, organizationId, bodyText });
  return { outcome: 'done', chatId: chat.id, messageId, generationId };
}

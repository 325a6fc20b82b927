import * as z from 'zod';
import {
  type Beginning,
  beginChat,
  continueAnswer,
  type Place,
  regenerate,
  sendMessage,
} from '../../../../chat/converse.ts';
import { readAlong } from '../../../../chat/read-along.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { answerEvents } from '../../event-stream.ts';
import { signedIn } from '../../guards.ts';
import { isProblem, type Problem, problem } from '../../problem.ts';
import {
  BegunAnswer,
  EventsQuery,
  MOST_PICTURES,
  NewAnswer,
  NewChat,
  NewMessage,
  PICTURE_CHARACTERS,
} from '../../wire/chat.ts';
import { Done } from '../../wire/scalars.ts';
import { type ChatRoutePorts, findOwn, mayCall, modelCaller } from './chat-route-ports.ts';
import { EXPORT_WORDS } from './export-words.ts';
import { inHundredths } from './present-chat.ts';

/** A message of the length that is allowed, in characters of three bytes and escapes, with its pictures. */
const TURN_BYTES = 2_621_440 + MOST_PICTURES * (PICTURE_CHARACTERS + 100);

/** `/chat`: what lets a model write, and what it writes. */
export function answerRoutes(ports: ChatRoutePorts): readonly ApiRoute[] {
  const { chat: converse } = ports;
  /** Lets a turn begin in one's own conversation, at the cost of its team. */
  const inOwn = async (
    call: ApiCall,
    begin: (place: Place) => Promise<Beginning>,
  ): Promise<BegunAnswer | Problem> => {
    const chat = await findOwn(ports, call);
    if (isProblem(chat)) return chat;
    const refused = await mayCall(ports, call, chat.organizationId);
    return refused ?? presentBeginning(await begin({ userId: chat.userId, chat }));
  };
  return [
    route({
      method: 'POST',
      path: '/chat/conversations',
      summary: 'Begins a conversation with its first message, which a model begins to answer.',
      guards: [signedIn],
      body: NewChat,
      bodyBytes: TURN_BYTES,
      output: BegunAnswer,
      status: 201,
      async handle(call) {
        const { teamId, model, text, pictures, systemText, temperature } = call.body;
        const refused = await mayCall(ports, call, teamId);
        if (refused !== undefined) return refused;
        const first = {
          ...{
            userId: call.signedIn.userId,
            organizationId: teamId,
            modelId: model,
            text,
            pictures,
            systemText,
          },
          temperature: inHundredths(temperature),
          untitled: EXPORT_WORDS[call.language].picture,
        };
        return presentBeginning(await beginChat(converse, modelCaller(ports, call, teamId), first));
      },
    }),
    route({
      method: 'POST',
      path: '/chat/conversations/:chatId/messages',
      summary: 'Sends a message, or a new version of one, which a model begins to answer.',
      guards: [signedIn],
      body: NewMessage,
      bodyBytes: TURN_BYTES,
      output: BegunAnswer,
      status: 201,
      handle: (call) =>
        inOwn(call, (place) => {
          const { parentId, model, text, pictures } = call.body;
          const callModel = modelCaller(ports, call, place.chat.organizationId);
          return sendMessage(converse, callModel, place, { parentId, modelId: model, text, pictures });
        }),
    }),
    route({
      method: 'POST',
      path: '/chat/conversations/:chatId/messages/:messageId/answers',
      summary: "Has one's message answered once more, beside the answers that it has.",
      guards: [signedIn],
      body: NewAnswer,
      output: BegunAnswer,
      status: 201,
      handle: (call) =>
        inOwn(call, (place) => {
          const callModel = modelCaller(ports, call, place.chat.organizationId);
          const messageId = call.parameters.messageId ?? '';
          return regenerate(converse, callModel, place, { messageId, modelId: call.body.model });
        }),
    }),
    route({
      method: 'POST',
      path: '/chat/conversations/:chatId/messages/:messageId/continue',
      summary: 'Goes on with an answer that is not whole.',
      guards: [signedIn],
      body: z.strictObject({}),
      output: BegunAnswer,
      status: 201,
      handle: (call) =>
        inOwn(call, (place) => {
          const callModel = modelCaller(ports, call, place.chat.organizationId);
          return continueAnswer(converse, callModel, place, call.parameters.messageId ?? '');
        }),
    }),
    route({
      method: 'GET',
      path: '/chat/generations/:generationId/events',
      summary: 'What a generation has written after an event, and what it goes on to write, until its end.',
      guards: [signedIn],
      query: EventsQuery,
      output: 'text/event-stream',
      async handle(call) {
        const of = { userId: call.signedIn.userId, generationId: call.parameters.generationId ?? '' };
        if ((await converse.chats.findGeneration(of.userId, of.generationId)) === undefined)
          return problem('not-found');
        const lastSeen = call.request.headers.get('last-event-id') ?? '';
        const after = /^\d{1,15}$/.test(lastSeen) ? Number(lastSeen) : call.query.after;
        call.mayTakeLong();
        return answerEvents(ports, call, async (send, signal) => {
          for await (const { kind, text, number } of readAlong(converse, of, after, signal))
            await send(kind, kind === 'end' ? { state: text } : { text }, String(number));
        });
      },
    }),
    route({
      method: 'POST',
      path: '/chat/generations/:generationId/stop',
      summary: 'Stops a generation. What was written stays, and is paid.',
      guards: [signedIn],
      body: z.strictObject({}),
      output: Done,
      async handle({ signedIn: { userId }, parameters: { generationId = '' } }) {
        const generation = await converse.chats.findGeneration(userId, generationId);
        if (generation === undefined) return problem('not-found');
        await converse.chats.askToStop(userId, generationId);
        converse.room.stop(generationId);
        return { done: true as const };
      },
    }),
  ];
}

function presentBeginning(begun: Beginning): BegunAnswer | Problem {
  if (begun.outcome === 'unknown') return problem('not-found');
  if (begun.outcome === 'busy') return problem('too-many');
  const { chatId, messageId, generationId } = begun;
  return { chatId, messageId, generationId };
}

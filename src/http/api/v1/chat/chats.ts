import { chatAsMarkdown } from '../../../../chat/export-chat.ts';
import type { ChatPageRequest } from '../../../../storage/chat-store.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { openCursor, sealCursor } from '../../cursor.ts';
import { signedIn } from '../../guards.ts';
import { isProblem, problem } from '../../problem.ts';
import {
  Chat,
  ChatEdit,
  ChatFindings,
  ChatSearchQuery,
  ChatsPage,
  ChatsQuery,
  ChatWithMessages,
  ExportQuery,
} from '../../wire/chat.ts';
import { type ChatRoutePorts, findOwn } from './chat-route-ports.ts';
import { excerptOf } from './excerpt.ts';
import { EXPORT_WORDS } from './export-words.ts';
import { inHundredths, presentChat, presentMessage } from './present-chat.ts';

/** `/chat/conversations`: what a person has. */
export function chatRoutes(ports: ChatRoutePorts): readonly ApiRoute[] {
  const { chats, clock } = ports.chat;
  return [
    route({
      method: 'GET',
      path: '/chat/conversations',
      summary: "One's own conversations, the youngest activity first.",
      guards: [signedIn],
      query: ChatsQuery,
      output: ChatsPage,
      async handle({ query, signedIn: { userId } }) {
        const request: ChatPageRequest = { ...openCursor(query), inTrash: query.trash === 'true' };
        const page = await chats.list(userId, request);
        const rows = page.rows.map((row) => ({ ...presentChat(row), isAnswering: row.isAnswering }));
        return { rows, nextCursor: sealCursor(page.nextCursor) };
      },
    }),
    route({
      method: 'GET',
      path: '/chat/search',
      summary: "One's own conversations whose title or messages hold a text.",
      guards: [signedIn],
      query: ChatSearchQuery,
      output: ChatFindings,
      async handle({ query, signedIn: { userId } }) {
        const found = await chats.search(userId, query.text, query.limit);
        return {
          rows: found.map(({ chat, message }) => ({
            chat: presentChat(chat),
            messageId: message?.id ?? null,
            excerpt: message === undefined ? '' : excerptOf(message.text, query.text),
          })),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/chat/conversations/:chatId',
      summary: 'One conversation with all versions of its messages.',
      guards: [signedIn],
      output: ChatWithMessages,
      async handle(call) {
        const chat = await findOwn(ports, call);
        if (isProblem(chat)) return chat;
        const messages = await chats.messages(chat.userId, chat.id);
        return { ...presentChat(chat), messages: messages.map(presentMessage) };
      },
    }),
    route({
      method: 'PATCH',
      path: '/chat/conversations/:chatId',
      summary: 'Renames, pins, shows another version, says how to answer, moves to the trash and back.',
      guards: [signedIn],
      body: ChatEdit,
      output: Chat,
      async handle(call) {
        const chat = await findOwn(ports, call);
        if (isProblem(chat)) return chat;
        const { title, pinned, trashed, leafId, systemText, temperature } = call.body;
        if (leafId !== undefined) {
          const messages = await chats.messages(chat.userId, chat.id);
          if (!messages.some(({ id }) => id === leafId)) return problem('bad-field', { field: 'leafId' });
        }
        await chats.change(chat.userId, chat.id, {
          ...(title === undefined ? {} : { title }),
          ...(leafId === undefined ? {} : { leafId }),
          ...(pinned === undefined ? {} : { pinnedAtMs: pinned ? clock.nowMs() : null }),
          ...(trashed === undefined ? {} : { trashedAtMs: trashed ? clock.nowMs() : null }),
          ...(systemText === undefined ? {} : { systemText }),
          ...(temperature === undefined ? {} : { temperature: inHundredths(temperature) }),
        });
        const changed = await findOwn(ports, call);
        return isProblem(changed) ? changed : presentChat(changed);
      },
    }),
    route({
      method: 'GET',
      path: '/chat/conversations/:chatId/pictures/:pictureId',
      summary: 'A picture that was sent in a conversation. It never changes.',
      guards: [signedIn],
      output: 'image/*',
      async handle(call) {
        const { chatId = '', pictureId = '' } = call.parameters;
        const [picture] = await chats.pictures(call.signedIn.userId, chatId, [pictureId]);
        if (picture === undefined) return problem('not-found');
        return new Response(Uint8Array.fromBase64(picture.base64), {
          headers: {
            'content-type': picture.contentType,
            'cache-control': 'private, max-age=31536000, immutable',
            'content-security-policy': "default-src 'none'; sandbox",
            'x-content-type-options': 'nosniff',
          },
        });
      },
    }),
    route({
      method: 'GET',
      path: '/chat/conversations/:chatId/export',
      summary: 'A conversation as a document: what is shown as Markdown, or all of it as JSON.',
      guards: [signedIn],
      query: ExportQuery,
      output: 'text/markdown',
      async handle(call) {
        const chat = await findOwn(ports, call);
        if (isProblem(chat)) return chat;
        const messages = await chats.messages(chat.userId, chat.id);
        const asJson = call.query.format === 'json';
        const text = asJson
          ? JSON.stringify({ ...presentChat(chat), messages: messages.map(presentMessage) }, undefined, 2)
          : chatAsMarkdown(chat, messages, EXPORT_WORDS[call.language]);
        return new Response(text, {
          headers: {
            'content-type': asJson ? 'application/json' : 'text/markdown; charset=utf-8',
            'content-disposition': `attachment; filename="chat-${chat.id}.${asJson ? 'json' : 'md'}"`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        });
      },
    }),
  ];
}

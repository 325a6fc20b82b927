import * as z from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { Count, Id, Moment, Ticks } from './scalars.ts';

/** Of one message. */
export const MOST_PICTURES = 4;
/** Of one picture in base64. */
export const PICTURE_CHARACTERS = 2_000_000;

/** Longer than any context of today's models; whoever has more sends it by the API. */
const Text = z.string().trim().max(400_000);
const SystemText = z.string().trim().max(20_000);
const Temperature = z
  .number()
  .min(0)
  .max(2)
  .nullable()
  .meta({ description: 'Null: as each model has it. Two digits after the point are kept.' });
const Title = z.string().trim().min(1).max(200);

export const Chat = z.object({
  id: Id,
  teamId: Id,
  title: z.string(),
  model: z.string(),
  leafId: Id.meta({ description: 'The end of the path that is shown.' }),
  pinnedAtMs: Moment.nullable(),
  trashedAtMs: Moment.nullable().meta({ description: 'Deleted for good 30 days later.' }),
  createdAtMs: Moment,
  activeAtMs: Moment,
  systemText: z.string().meta({ description: 'What its models are told before everything else.' }),
  temperature: Temperature,
});
export type Chat = z.infer<typeof Chat>;

const ChatAnswer = z.object({
  state: z.enum(['running', 'done', 'stopped', 'cut', 'failed']),
  model: z.string(),
  generationId: Id.meta({ description: 'Also the id of its last request.' }),
  reason: z.string().nullable().meta({ description: 'Why it failed, or how its model ended it.' }),
  costTicks: Ticks,
  inputTokens: Count,
  outputTokens: Count,
  reasoningTokens: Count,
  firstTokenMs: Count.nullable(),
  reasoningMs: Count.meta({ description: 'Thinking, before words came.' }),
  durationMs: Count,
});

export const ChatMessage = z.object({
  id: Id,
  parentId: Id.nullable().meta({ description: 'Messages with the same parent are versions of each other.' }),
  role: z.enum(['user', 'assistant']),
  text: z.string().meta({ description: 'Of a running answer: what earlier generations wrote.' }),
  pictureIds: z.array(Id).meta({ description: 'What was sent with it.' }),
  reasoning: z.string(),
  createdAtMs: Moment,
  answer: ChatAnswer.nullable(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const ChatWithMessages = Chat.extend({ messages: z.array(ChatMessage) });
export type ChatWithMessages = z.infer<typeof ChatWithMessages>;

export const ChatsQuery = z.strictObject({ ...pageQuery, trash: z.enum(['true', 'false']).default('false') });
const ListedChat = Chat.extend({
  isAnswering: z.boolean().meta({ description: 'An answer of it is being written.' }),
});
export type ListedChat = z.infer<typeof ListedChat>;
export const ChatsPage = pageOf(ListedChat);

export const ChatSearchQuery = z.strictObject({
  text: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const ChatFindings = z.object({
  rows: z.array(
    z.object({
      chat: Chat,
      messageId: Id.nullable(),
      excerpt: z.string().meta({ description: 'A piece of the message around what was looked for.' }),
    }),
  ),
});
export type ChatFindings = z.infer<typeof ChatFindings>;

/** The characters that the base64 of each kind of picture begins with. */
const BEGINNINGS = { 'image/jpeg': '/9j/', 'image/png': 'iVBORw0KGgo', 'image/webp': 'UklGR' } as const;

/** A picture of about a megabyte and a half; the page makes larger ones smaller. */
const NewPicture = z
  .strictObject({
    contentType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
    base64: z.base64().min(16).max(PICTURE_CHARACTERS),
  })
  .refine(({ contentType, base64 }) => base64.startsWith(BEGINNINGS[contentType]));

const Pictures = z
  .array(z.union([NewPicture, z.strictObject({ id: Id })]))
  .max(MOST_PICTURES)
  .default([])
  .meta({ description: 'New ones, or those of this conversation by their ids.' });

const saysSomething = ({ text, pictures }: { text: string; pictures: readonly unknown[] }) =>
  text !== '' || pictures.length > 0;

export const NewChat = z
  .strictObject({
    teamId: Id,
    model: z.string().min(1).max(200),
    text: Text,
    pictures: Pictures,
    systemText: SystemText.default(''),
    temperature: Temperature.default(null),
  })
  .refine(saysSomething, { path: ['text'] });
export const NewMessage = z
  .strictObject({
    parentId: Id.nullable().meta({ description: 'The answer that it comes after. Null: at the beginning.' }),
    model: z.string().min(1).max(200),
    text: Text,
    pictures: Pictures,
  })
  .refine(saysSomething, { path: ['text'] });
export type NewMessage = z.infer<typeof NewMessage>;
export const NewAnswer = z.strictObject({ model: z.string().min(1).max(200) });

export const BegunAnswer = z.object({ chatId: Id, messageId: Id, generationId: Id });
export type BegunAnswer = z.infer<typeof BegunAnswer>;

export const ChatEdit = z.strictObject({
  title: Title.optional(),
  pinned: z.boolean().optional(),
  trashed: z.boolean().optional(),
  leafId: Id.optional(),
  systemText: SystemText.optional(),
  temperature: Temperature.optional(),
});

export const ExportQuery = z.strictObject({ format: z.enum(['markdown', 'json']).default('markdown') });

export const EventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

import * as z from 'zod';

const TextClient = z.enum(['curl', 'python', 'typescript', 'librechat', 'chatbox', 'open-webui']);

/** How one client is pointed here. `$TURNPIKE_API_KEY` stands where the key belongs. */
export const ClientSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    client: TextClient,
    syntax: z.enum(['shell', 'python', 'typescript', 'yaml', 'json']),
    text: z.string(),
  }),
  z.object({
    kind: z.literal('fields'),
    client: z.enum(['one-api-xai', 'one-api-openai', 'cursor']),
    fields: z.array(z.object({ field: z.enum(['type', 'base-url', 'key', 'models']), value: z.string() })),
  }),
]);
export type ClientSettings = z.infer<typeof ClientSettings>;

export const ClientSettingsList = z.object({ rows: z.array(ClientSettings) });
export type ClientSettingsList = z.infer<typeof ClientSettingsList>;

import type { ChatMessageRow, ChatPictureRow, ChatRow } from '../storage/chat-store.ts';

/** Asks a model to go on where its answer was cut; no wire has a word for it. */
const GO_ON =
  'Continue your last answer exactly where it stopped. Do not repeat anything and do not comment on it.';

/**
 * The messages from the first to the named one, in order: what a model is to see, and what is shown. Whatever does not
 * lead to it is another version. Empty when it is not there.
 */
export function pathTo(messages: readonly ChatMessageRow[], messageId: string): readonly ChatMessageRow[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: ChatMessageRow[] = [];
  let at = byId.get(messageId);
  // A message is older than its children, so that this ends even where rows were altered by hand.
  while (at !== undefined && path.length <= messages.length) {
    path.push(at);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return path.reverse();
}

/** A model reads each of them anew with every turn, so a long conversation sends its youngest ones. */
const MOST_PICTURES_SENT = 12;
const LEFT_OUT = '[An earlier picture, which is not sent any more.]';

/** The pictures of a path that go with it to the model. */
export function picturesToSend(path: readonly ChatMessageRow[]): readonly string[] {
  return path.flatMap(({ pictureIds }) => pictureIds).slice(-MOST_PICTURES_SENT);
}

/** The body of a chat-completions call that continues a path; an answer at its end is gone on with. */
export function writeRequest(
  modelId: string,
  { systemText, temperature }: Pick<ChatRow, 'systemText' | 'temperature'>,
  path: readonly ChatMessageRow[],
  pictures: ReadonlyMap<string, ChatPictureRow>,
): string {
  const said = path
    .filter(({ text, pictureIds }) => text !== '' || pictureIds.length > 0)
    .map((message) => ({ role: message.role as string, content: contentOf(message, pictures) }));
  const messages = systemText === '' ? said : [{ role: 'system', content: systemText }, ...said];
  if (messages.at(-1)?.role === 'assistant') messages.push({ role: 'user', content: GO_ON });
  return JSON.stringify({
    model: modelId,
    messages,
    ...(temperature === null ? {} : { temperature: temperature / 100 }),
    stream: true,
    stream_options: { include_usage: true },
  });
}

/** Plain text wherever there is no picture: some servers read nothing else. */
function contentOf(
  { text, pictureIds }: ChatMessageRow,
  pictures: ReadonlyMap<string, ChatPictureRow>,
): string | readonly object[] {
  if (pictureIds.length === 0) return text;
  const parts: object[] = pictureIds.map((id) => {
    const picture = pictures.get(id);
    if (picture === undefined) return { type: 'text', text: LEFT_OUT };
    const url = `data:${picture.contentType};base64,${picture.base64}`;
    return { type: 'image_url', image_url: { url } };
  });
  return text === '' ? parts : [...parts, { type: 'text', text }];
}

/** Where conversations are, below the API. */
export const CHATS_PATH = '/chat/conversations?limit=50';
export const TRASH_PATH = '/chat/conversations?limit=50&trash=true';

export function chatPath(chatId: string): string {
  return `/chat/conversations/${chatId}`;
}

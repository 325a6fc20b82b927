import type { Migration } from './migration.ts';

/**
 * Pictures that people send, stored once however many versions of a message show them; how a conversation's model is to
 * answer; and how long an answer took. The temperature is in hundredths.
 */
export const picturesInChats: Migration = {
  number: 14,
  name: 'pictures-in-chats',
  sql: `
ALTER TABLE chats ADD COLUMN system_text TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN temperature INTEGER CHECK (temperature BETWEEN 0 AND 200);
ALTER TABLE chat_messages ADD COLUMN picture_ids TEXT NOT NULL DEFAULT '[]';
ALTER TABLE chat_messages ADD COLUMN reasoning_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat_messages ADD COLUMN duration_ms INTEGER NOT NULL DEFAULT 0;

CREATE TABLE chat_pictures (
  id TEXT NOT NULL PRIMARY KEY,
  chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  content_type TEXT NOT NULL,
  base64 TEXT NOT NULL
) STRICT;
CREATE INDEX chat_pictures_of_chat ON chat_pictures (chat_id);
`,
};

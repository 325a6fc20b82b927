import type { Migration } from './migration.ts';

/**
 * Conversations, and what their answers are made of: each answer is written by generations, and each generation has a
 * log that only grows. Texts stand a second time in one case, for the search.
 */
export const chatTables: Migration = {
  number: 11,
  name: 'chats',
  sql: `
CREATE TABLE chats (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  title TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  model_id TEXT NOT NULL,
  leaf_id TEXT NOT NULL,
  pinned_at_ms INTEGER,
  trashed_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  active_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX chats_of_person ON chats (user_id, active_at_ms DESC, id DESC);
CREATE INDEX chats_in_trash ON chats (trashed_at_ms) WHERE trashed_at_ms IS NOT NULL;

CREATE TABLE chat_messages (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL,
  parent_id TEXT,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  text TEXT NOT NULL,
  text_folded TEXT NOT NULL,
  reasoning TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  state TEXT CHECK (state IN ('running', 'done', 'stopped', 'cut', 'failed')),
  model_id TEXT,
  generation_id TEXT,
  reason TEXT,
  cost_ticks INTEGER NOT NULL DEFAULT 0 CHECK (cost_ticks >= 0),
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  reasoning_tokens INTEGER NOT NULL DEFAULT 0,
  first_token_ms INTEGER,
  CHECK ((role = 'assistant') = (state IS NOT NULL AND model_id IS NOT NULL AND generation_id IS NOT NULL))
) STRICT;
CREATE INDEX chat_messages_of_chat ON chat_messages (chat_id, user_id, sequence);
CREATE INDEX chat_messages_of_person ON chat_messages (user_id, sequence);

CREATE TABLE chat_generations (
  id TEXT NOT NULL PRIMARY KEY,
  chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  process_id TEXT NOT NULL,
  slot INTEGER NOT NULL CHECK (slot >= 0),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'cut', 'failed')),
  asked_to_stop INTEGER NOT NULL DEFAULT 0 CHECK (asked_to_stop IN (0, 1)),
  started_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER
) STRICT;
CREATE INDEX chat_generations_of_chat ON chat_generations (chat_id);
-- A person has as many slots as generations at once; an answer is written by one.
CREATE UNIQUE INDEX chat_generations_slots ON chat_generations (user_id, slot) WHERE state = 'running';
CREATE UNIQUE INDEX chat_generations_of_answer ON chat_generations (message_id) WHERE state = 'running';
CREATE INDEX chat_generations_ended ON chat_generations (ended_at_ms) WHERE ended_at_ms IS NOT NULL;

CREATE TABLE chat_events (
  generation_id TEXT NOT NULL REFERENCES chat_generations (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('text', 'reasoning', 'end')),
  text TEXT NOT NULL,
  PRIMARY KEY (generation_id, number)
) STRICT, WITHOUT ROWID;
`,
};

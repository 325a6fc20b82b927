import type { ChatMessage } from '../../src/http/api/wire/chat.ts';

/** What can be done with a message that is shown. */
export interface TurnActions {
  /** Shows another version, with its youngest continuation. */
  readonly show: (messageId: string) => void;
  /** Sends a new version of what a person wrote. */
  readonly edit: (message: ChatMessage, text: string) => void;
  /** Has the message above an answer answered once more. */
  readonly again: (answer: ChatMessage) => void;
  /** Goes on with an answer that is not whole. */
  readonly goOn: (answer: ChatMessage) => void;
}

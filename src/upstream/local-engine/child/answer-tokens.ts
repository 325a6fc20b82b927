import { badField } from './api-error.ts';
import type { Engine } from './engine.ts';
import { readMessages } from './read-messages.ts';

type Body = Readonly<Record<string, unknown>>;

/** `POST /count`: the tokens of a prompt, rendered just as for an answer. */
export function countPrompt(engine: Engine, body: Body): object {
  return { tokens: engine.renderPrompt(readMessages(body.messages)).length };
}

/** `POST /tokenize`: the tokens of a plain text; what looks like a control token is text here. */
export function tokenizeText(engine: Engine, body: Body): object {
  const { text } = body;
  if (typeof text !== 'string') throw badField('text', 'must be a text');
  const decoder = new TextDecoder();
  return {
    tokens: engine.open.model.tokenize(text, false).map((id) => {
      const bytes = engine.tokenBytes(id);
      return { id, text: decoder.decode(bytes), bytes: [...bytes] };
    }),
  };
}

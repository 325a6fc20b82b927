import { type Failure, overloaded, promptTooLong } from '../domain/failure.ts';
import type { ChatRequest } from '../protocol/xai-chat/request.ts';
import { countPromptTokens, type PromptTokens } from '../upstream/count-prompt.ts';
import { imageUrlOf } from '../upstream/image-part.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Gateway } from './gateway.ts';
import { likelyTokens } from './likely-tokens.ts';

/** The size of a prompt before anything answered it. */
export interface PromptMeasure {
  /** Never less than what the upstream will count. */
  readonly tokensAtMost: number;
  /** The best count there is; equals `tokensAtMost` when it is exact. */
  tokensLikely(): Promise<number>;
}

/** xAI's dearest image; what one is taken for where nobody can look at it. */
const TOKENS_PER_IMAGE_AT_MOST = 1_792;

/** Roles, separators and the start of the answer, in the wordiest chat template met. */
const TOKENS_PER_MESSAGE_AT_MOST = 16;

/**
 * Measures the prompt and holds it against the context. With the upstream's own tokeniser the count is exact.
 * Without, no token is shorter than a byte, so the text's bytes are a bound; only when the bytes do not fit is
 * the text counted with the named tokeniser. Answers at once where the bytes fit.
 */
export function measurePrompt(
  gateway: Pick<Gateway, 'tokeniser' | 'log'>,
  chat: ChatRequest,
  upstream: Upstream,
  contextTokens: number,
): PromptMeasure | Failure | Promise<PromptMeasure | Failure> {
  if (upstream.countPrompt === undefined) return measureByBytes(gateway, chat, contextTokens);
  return countExactly(gateway, chat, upstream).then((exact) => {
    if (exact === undefined) return measureByBytes(gateway, chat, contextTokens);
    if (exact > contextTokens) return promptTooLong(contextTokens, exact);
    return { tokensAtMost: exact, tokensLikely: async () => exact };
  });
}

function measureByBytes(
  gateway: Pick<Gateway, 'tokeniser'>,
  chat: ChatRequest,
  contextTokens: number,
): PromptMeasure | Promise<PromptMeasure | Failure> {
  const bytesAtMost = promptBytesAtMost(chat);
  let counted: Promise<PromptTokens> | undefined;
  const count = () => {
    counted ??= countPromptTokens(chat.body, gateway.tokeniser);
    return counted;
  };
  const measure: PromptMeasure = {
    tokensAtMost: Math.min(bytesAtMost, contextTokens),
    async tokensLikely() {
      const { textTokens, imageTokens, exact } = await count();
      return Math.min(likelyTokens({ tokens: textTokens, exact }) + imageTokens, bytesAtMost);
    },
  };
  if (bytesAtMost <= contextTokens) return measure;
  return count().then(({ tokens, exact }) => {
    if (tokens <= contextTokens) return measure;
    // A bound that does not fit proves nothing, and a caller whose prompt fits must not be told otherwise.
    return exact ? promptTooLong(contextTokens, tokens) : overloaded();
  });
}

async function countExactly(
  { log }: Pick<Gateway, 'log'>,
  chat: ChatRequest,
  upstream: Upstream,
): Promise<number | undefined> {
  if (upstream.countPrompt === undefined) return undefined;
  try {
    return await upstream.countPrompt(chat.body);
  } catch {
    log.warn('prompt-not-counted', { upstream: upstream.name });
    return undefined;
  }
}

/**
 * The length of the whole request in bytes, but for its images, which count as the dearest: everything that can
 * become prompt text is in there, and written as JSON it is not shorter.
 */
function promptBytesAtMost({ body, text }: ChatRequest): number {
  let bytes = Buffer.byteLength(text) + body.messages.length * TOKENS_PER_MESSAGE_AT_MOST;
  for (const { content } of body.messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      const url = imageUrlOf(part);
      if (url !== undefined) bytes += TOKENS_PER_IMAGE_AT_MOST - url.length;
    }
  }
  return bytes;
}

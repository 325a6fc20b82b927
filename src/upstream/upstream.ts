import type { ChatBody } from '../protocol/xai-chat/body.ts';

export type { ChatBody, ChatMessage, ContentPart } from '../protocol/xai-chat/body.ts';

/**
 * Whatever answers a model: a provider reached over HTTP, the simulator, or the engine in the child process.
 * All of them speak the OpenAI chat-completions wire, so the gateway knows one kind of upstream.
 */
export interface Upstream {
  /** The channel's name as the operator sees it, for example `xai` or `simulator`. */
  readonly name: string;
  readonly kind: 'openai-compatible' | 'simulator' | 'local';
  /** True when no model answers. The response then says so (`x-turnpike-simulated`, the `model` field). */
  readonly simulated: boolean;
  /** Where it is, for whoever watches it: a name or address and a port, never a path or a credential. */
  readonly address?: { readonly host: string; readonly port: number };
  /** What kinds of input it can take; a text engine is never sent an image. */
  readonly inputModalities: readonly ('text' | 'image')[];
  /** Largest context (prompt and output together) in tokens, when the upstream is known to have one. */
  readonly contextTokens?: number | undefined;
  /** The field that bounds its output; `max_tokens` unless the upstream wants the newer name. */
  readonly outputCapField?: 'max_tokens' | 'max_completion_tokens';
  /** The longest answer, by choice, of a call that does not say how long it may be. Absent: as long as it likes. */
  readonly usualAnswerTokens?: number;
  /** The name the upstream knows the model by; what is sent to it as `model`. */
  upstreamModel(publicModel: string): string;
  /**
   * Counts the prompt exactly as this upstream will count it, images included. Absent when its tokeniser is
   * not known here. `body` is the request as it would be sent, already parsed.
   */
  countPrompt?(body: ChatBody): Promise<number>;
  /** The tokens of a plain text by the upstream's own tokeniser. Absent when it is not known here. */
  tokenize?(text: string): Promise<Token[]>;
  /**
   * Sends one call and resolves when the response head has arrived. Aborting `signal` ends the call at any
   * point, also while the body is read. Rejects with `UpstreamError` and nothing else.
   */
  send(call: UpstreamCall): Promise<UpstreamResponse>;
}

export interface Token {
  readonly id: number;
  /** The token's text; a token that is no whole character shows U+FFFD. */
  readonly text: string;
  readonly bytes: readonly number[];
}

export interface UpstreamCall {
  /** The JSON text to POST to the upstream's `/chat/completions`. */
  readonly body: string;
  readonly stream: boolean;
  readonly signal: AbortSignal;
}

export interface UpstreamResponse {
  readonly status: number;
  /** A response header by its lower-case name. */
  header(name: string): string | null;
  /** The body as it arrives. Never null; an empty body is an empty stream. */
  readonly body: ReadableStream<Uint8Array>;
  /**
   * The whole body as text, read at once, which costs less than piece by piece. Instead of `body`, and only for a body
   * whose announced length is known to be bearable. Absent where nothing would be gained.
   */
  readonly text?: () => Promise<string>;
}

/** Why a call got no response head. The message is for the operator's log and never for a caller. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly reason: 'refused' | 'unresolved' | 'tls' | 'reset' | 'timed-out' | 'aborted' | 'broken';

  constructor(reason: UpstreamError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

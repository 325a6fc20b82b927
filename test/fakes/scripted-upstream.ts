import type { Upstream, UpstreamCall, UpstreamResponse } from '../../src/upstream/upstream.ts';

/** One call that reached the scripted upstream, and the means to answer it piece by piece. */
export interface ScriptedCall {
  readonly call: UpstreamCall;
  /** The body that was sent, parsed. */
  readonly body: Record<string, unknown>;
  respond(status: number, headers?: Record<string, string>): void;
  /** A whole answer at once. */
  answer(status: number, text: string, headers?: Record<string, string>): void;
  fail(reason: Error): void;
  write(text: string): void;
  end(): void;
  break(reason?: Error): void;
  /** True when the gateway ended the call. */
  readonly aborted: boolean;
  /** True when the gateway wanted no more of the body. */
  readonly cancelled: boolean;
}

/** An upstream whose answers a test writes by hand. */
export class ScriptedUpstream implements Upstream {
  readonly name: string;
  readonly kind = 'openai-compatible';
  simulated = false;
  inputModalities: readonly ('text' | 'image')[] = ['text', 'image'];
  contextTokens: number | undefined = undefined;
  countPrompt?: (body: { messages: readonly unknown[] }) => Promise<number>;
  readonly calls: ScriptedCall[] = [];
  /** Answers every call at once when set. */
  onCall: ((call: ScriptedCall) => void) | undefined;

  constructor(name = 'scripted') {
    this.name = name;
  }

  upstreamModel(model: string): string {
    return `${model}-upstream`;
  }

  send(call: UpstreamCall): Promise<UpstreamResponse> {
    return new Promise((resolve, reject) => {
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
      let cancelled = false;
      const body = new ReadableStream<Uint8Array>({
        start(own) {
          controller = own;
        },
        cancel() {
          cancelled = true;
        },
      });
      const encoder = new TextEncoder();
      const attempt = (act: () => void) => {
        try {
          act();
        } catch {
          // The stream was already closed or cancelled, as a real socket would be.
        }
      };
      const abort = () => {
        reject(new Error('aborted'));
        attempt(() => controller?.error(new Error('aborted')));
      };
      call.signal.addEventListener('abort', abort);
      if (call.signal.aborted) abort();
      const scripted: ScriptedCall = {
        call,
        body: JSON.parse(call.body) as Record<string, unknown>,
        respond: (status, headers = {}) => resolve({ status, header: (name) => headers[name] ?? null, body }),
        answer: (status, text, headers) => {
          scripted.respond(status, headers);
          scripted.write(text);
          scripted.end();
        },
        fail: reject,
        write: (text) => attempt(() => controller?.enqueue(encoder.encode(text))),
        end: () => attempt(() => controller?.close()),
        break: (reason = new Error('reset')) => attempt(() => controller?.error(reason)),
        get aborted() {
          return call.signal.aborted;
        },
        get cancelled() {
          return cancelled;
        },
      };
      this.calls.push(scripted);
      this.onCall?.(scripted);
    });
  }
}

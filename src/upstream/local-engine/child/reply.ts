import type { ServerResponse } from 'node:http';

/** The answer to one request: either one JSON document or a stream of events. */
export class Reply {
  readonly #response: ServerResponse;
  readonly #signal: AbortSignal;

  constructor(response: ServerResponse, signal: AbortSignal) {
    this.#response = response;
    this.#signal = signal;
  }

  get hasBegun(): boolean {
    return this.#response.headersSent;
  }

  async json(status: number, value: object): Promise<void> {
    const text = JSON.stringify(value);
    this.#response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    this.#response.end(text);
  }

  /** Writes a piece of a stream and waits until the reader has room for the next. */
  async stream(piece: string): Promise<void> {
    this.#signal.throwIfAborted();
    if (!this.hasBegun) {
      this.#response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    }
    if (this.#response.write(piece)) return;
    await new Promise<void>((resolve, reject) => {
      const abort = () => reject(this.#signal.reason);
      this.#signal.addEventListener('abort', abort, { once: true });
      this.#response.once('drain', () => {
        this.#signal.removeEventListener('abort', abort);
        resolve();
      });
    });
  }

  end(): void {
    this.#response.end();
  }

  /** Breaks the connection, so that a half answer is not taken for a whole one. */
  destroy(): void {
    this.#response.destroy();
  }
}

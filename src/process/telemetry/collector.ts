import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { TelemetrySettings } from './telemetry-settings.ts';

/** The standard's own default; a collector that takes longer is away. */
const ANSWER_MS = 10_000;

/** Between two warnings about one collector. */
const WARNING_EVERY_MS = 60_000;

/** An answer that is no longer than this is read, so that its connection can be used again. */
const ANSWER_BYTES = 65_536;

/** The standard's list of answers after which the same report may be sent again. */
const TRY_AGAIN: readonly number[] = [429, 502, 503, 504];

/** `again`: it did not arrive, and may another time. `refused`: it never will. */
export type Delivery = 'delivered' | 'again' | 'refused';

/** The way to the operator's collector. Never rejects, and complains about what goes wrong once a minute at most. */
export class Collector {
  readonly #settings: Pick<TelemetrySettings, 'endpoint' | 'headers'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #closed = new AbortController();
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #lost = 0;

  constructor(settings: Pick<TelemetrySettings, 'endpoint' | 'headers'>, clock: Clock, log: Log) {
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
  }

  /** Requests whose spans were never delivered and never will be. */
  get lost(): number {
    return this.#lost;
  }

  lose(requests: number): void {
    this.#lost += requests;
  }

  async send(signal: 'traces' | 'metrics', body: string): Promise<Delivery> {
    const problem = await this.#post(`${this.#settings.endpoint}/v1/${signal}`, body);
    if (problem === undefined) return 'delivered';
    this.#warn(signal, problem);
    return typeof problem === 'string' || TRY_AGAIN.includes(problem) ? 'again' : 'refused';
  }

  /** Ends what is under way; nothing is sent any more. */
  close(): void {
    this.#closed.abort();
  }

  /** What went wrong: a status, or a word where no answer came. */
  async #post(url: string, body: string): Promise<number | string | undefined> {
    const deadline = new AbortController();
    const cancelDeadline = this.#clock.after(ANSWER_MS, () => deadline.abort());
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...this.#settings.headers, 'content-type': 'application/json' },
        body,
        signal: AbortSignal.any([deadline.signal, this.#closed.signal]),
        // The headers may hold the collector's key, which goes to nobody else.
        redirect: 'manual',
        ...({ proxy: false } as object),
      });
      if (Number(response.headers.get('content-length') ?? ANSWER_BYTES + 1) <= ANSWER_BYTES)
        await response.arrayBuffer();
      else response.body?.cancel().catch(() => {});
      return response.ok ? undefined : response.status;
    } catch {
      // The runtime's words may hold the address, and what a person can do about it is the same for all of them.
      return deadline.signal.aborted ? 'timed-out' : this.#closed.signal.aborted ? 'closed' : 'unreachable';
    } finally {
      cancelDeadline();
    }
  }

  #warn(signal: string, problem: number | string): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#quietUntilMs) return;
    this.#quietUntilMs = nowMs + WARNING_EVERY_MS;
    this.#log.warn('telemetry-not-delivered', { signal, reason: problem, lostRequests: this.#lost });
  }
}

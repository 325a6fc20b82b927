/**
 * Request and token limits as pure functions of (state, now). Nothing here waits or reads a clock.
 *
 * No span of a window's length ever holds more than its limit. Up to `EXACT_EVENTS` the moment of every event is
 * kept, and a call is refused only when it must be. A larger limit is counted in `BUCKETS` equal parts of the
 * window, and an event counts until its whole part has left the window: such a window keeps a call out for up to
 * 1/`BUCKETS` of its length longer than it would have to.
 */
export interface LimitRules {
  readonly requestsPerSecond?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
  readonly requestsPerHour?: number | undefined;
  /** Tokens are known when a call has ended, so calls that are under way may carry this one beyond its limit. */
  readonly tokensPerMinute?: number | undefined;
  readonly requestsInFlight?: number | undefined;
}

export type LimitName = keyof LimitRules;

/** True when every limit that is set is a whole number; zero lets nothing in. */
export function areSaneLimits(rules: LimitRules): boolean {
  return Object.values(rules).every(
    (limit) => limit === undefined || (Number.isSafeInteger(limit) && limit >= 0),
  );
}

export const EXACT_EVENTS = 1_200;

/** 125 parts of a second, a minute or an hour are whole milliseconds. */
export const BUCKETS = 125;

const WINDOWS = [
  { name: 'requestsPerSecond', lengthMs: 1_000 },
  { name: 'requestsPerMinute', lengthMs: 60_000 },
  { name: 'requestsPerHour', lengthMs: 3_600_000 },
] as const;

const TOKEN_WINDOW_MS = 60_000;

/** Nobody knows when a call under way will end; this is when it is worth asking again. */
const IN_FLIGHT_RETRY_MS = 1_000;

/** An admission: at once when `atMs` is now, else after a wait until that moment. */
export type Admission =
  | { readonly outcome: 'admitted'; readonly atMs: number }
  | { readonly outcome: 'refused'; readonly limit: LimitName; readonly retryAtMs: number };

/** What is left of a window, for the `x-ratelimit-*` headers. */
export interface LimitLeft {
  readonly limit: number;
  readonly remaining: number;
}

/**
 * The limits of one subject (an account and a model, or a key). All windows are looked at before any is
 * touched, and only an admitted call is entered. Rules may differ from call to call: what was counted stays.
 */
export class LimitState {
  readonly #windows = new Map<LimitName, SlidingWindow>();
  #inFlight = 0;

  /**
   * When a call that arrives at `nowMs` may start under `rules`. A call that is too early only for the
   * per-second window gets a moment up to `patienceMs` ahead; any other window refuses at once. Where several
   * refuse, the answer is the one that does so for longest, so that coming back then is not in vain.
   */
  schedule(rules: LimitRules, nowMs: number, patienceMs: number): Admission {
    let refusal: (Admission & { outcome: 'refused' }) | undefined;
    const refuse = (limit: LimitName, retryAtMs: number) => {
      if (refusal === undefined || retryAtMs > refusal.retryAtMs)
        refusal = { outcome: 'refused', limit, retryAtMs };
    };

    if (rules.requestsInFlight !== undefined && this.#inFlight >= rules.requestsInFlight) {
      refuse('requestsInFlight', nowMs + IN_FLIGHT_RETRY_MS);
    }
    if (rules.tokensPerMinute !== undefined) {
      const freeAtMs = this.#window('tokensPerMinute', TOKEN_WINDOW_MS).freeAt(
        nowMs,
        nowMs,
        rules.tokensPerMinute,
      );
      if (freeAtMs > nowMs) refuse('tokensPerMinute', freeAtMs);
    }
    let atMs = nowMs;
    for (const { name, lengthMs } of WINDOWS) {
      const limit = rules[name];
      if (limit === undefined) continue;
      const freeAtMs = this.#window(name, lengthMs).freeAt(nowMs, atMs, limit);
      if (freeAtMs <= atMs) continue;
      if (name === 'requestsPerSecond' && limit > 0 && freeAtMs - nowMs <= patienceMs) atMs = freeAtMs;
      else refuse(name, freeAtMs);
    }
    return refusal ?? { outcome: 'admitted', atMs };
  }

  /** Enters a call that was scheduled for `atMs`. `leave` or `withdraw` must follow exactly once. */
  enter(rules: LimitRules, atMs: number): void {
    this.#inFlight += 1;
    for (const { name, lengthMs } of WINDOWS) {
      const limit = rules[name];
      if (limit !== undefined) this.#window(name, lengthMs).add(atMs, 1, limit);
    }
  }

  /** The call is over and used so many tokens. */
  leave(rules: LimitRules, nowMs: number, tokens: number): void {
    this.#inFlight -= 1;
    if (rules.tokensPerMinute !== undefined && tokens > 0) {
      this.#window('tokensPerMinute', TOKEN_WINDOW_MS).add(nowMs, tokens, rules.tokensPerMinute);
    }
  }

  /** Takes back a call that was entered for `atMs` under these rules and gave up before that moment came. */
  withdraw(rules: LimitRules, atMs: number): void {
    this.#inFlight -= 1;
    for (const { name } of WINDOWS) {
      const limit = rules[name];
      if (limit !== undefined) this.#windows.get(name)?.remove(atMs, limit);
    }
  }

  /** What is left of the minute's windows. */
  left(rules: LimitRules, nowMs: number): { requests?: LimitLeft; tokens?: LimitLeft } {
    const left: { requests?: LimitLeft; tokens?: LimitLeft } = {};
    const { requestsPerMinute, tokensPerMinute } = rules;
    if (requestsPerMinute !== undefined)
      left.requests = this.#left('requestsPerMinute', requestsPerMinute, nowMs);
    if (tokensPerMinute !== undefined) left.tokens = this.#left('tokensPerMinute', tokensPerMinute, nowMs);
    return left;
  }

  /** What is left of every limit there is, in the order in which people read them. */
  leftOfEach(rules: LimitRules, nowMs: number): (LimitLeft & { readonly name: LimitName })[] {
    const names = [...WINDOWS.map(({ name }) => name), 'tokensPerMinute', 'requestsInFlight'] as const;
    return names.flatMap((name): (LimitLeft & { readonly name: LimitName })[] => {
      const limit = rules[name];
      if (limit === undefined) return [];
      if (name !== 'requestsInFlight') return [{ name, ...this.#left(name, limit, nowMs) }];
      return [{ name, limit, remaining: Math.max(0, limit - this.#inFlight) }];
    });
  }

  /** True when forgetting this state changes nothing: no call is under way and every window is empty. */
  isIdle(nowMs: number): boolean {
    return this.#inFlight === 0 && [...this.#windows.values()].every((window) => window.sum(nowMs) === 0);
  }

  #left(name: LimitName, limit: number, nowMs: number): LimitLeft {
    const used = this.#windows.get(name)?.sum(nowMs) ?? 0;
    return { limit, remaining: Math.max(0, limit - used) };
  }

  #window(name: LimitName, lengthMs: number): SlidingWindow {
    let window = this.#windows.get(name);
    if (window === undefined) {
      window = new SlidingWindow(lengthMs);
      this.#windows.set(name, window);
    }
    return window;
  }
}

/** Weighted events within a sliding span of time, oldest first. */
class SlidingWindow {
  readonly #lengthMs: number;
  #times: number[] = [];
  #weights: number[] = [];
  #sum = 0;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  add(timeMs: number, weight: number, limit: number): void {
    const moment = this.#moment(timeMs, limit);
    let index = this.#times.length;
    while (index > 0 && (this.#times[index - 1] ?? 0) > moment) index -= 1;
    this.#sum += weight;
    if (limit > EXACT_EVENTS && this.#times[index - 1] === moment) {
      this.#weights[index - 1] = (this.#weights[index - 1] ?? 0) + weight;
      return;
    }
    if (index === this.#times.length) {
      this.#times.push(moment);
      this.#weights.push(weight);
      return;
    }
    this.#times.splice(index, 0, moment);
    this.#weights.splice(index, 0, weight);
  }

  /** Takes one event of weight one away again; `limit` is the one it was added under. */
  remove(timeMs: number, limit: number): void {
    const index = this.#times.lastIndexOf(this.#moment(timeMs, limit));
    if (index < 0) return;
    this.#sum -= 1;
    const weight = (this.#weights[index] ?? 0) - 1;
    if (weight > 0) {
      this.#weights[index] = weight;
      return;
    }
    this.#times.splice(index, 1);
    this.#weights.splice(index, 1);
  }

  /** The weight within the span that ends at `nowMs`, and of what is scheduled for later. */
  sum(nowMs: number): number {
    let gone = 0;
    while (gone < this.#times.length && (this.#times[gone] ?? 0) + this.#lengthMs <= nowMs) gone += 1;
    if (gone > 0) {
      for (const weight of this.#weights.splice(0, gone)) this.#sum -= weight;
      this.#times.splice(0, gone);
    }
    return this.#sum;
  }

  /**
   * The first moment from `fromMs` on at which one more event keeps every span within the limit, also the spans
   * that reach into what is scheduled for later. `fromMs` may lie ahead of now.
   */
  freeAt(nowMs: number, fromMs: number, limit: number): number {
    if (limit < 1) return fromMs + this.#lengthMs; // Never free; this is when a changed limit may show.
    let over = this.sum(nowMs) + 1 - limit;
    let atMs = fromMs;
    for (let index = 0; over > 0; index += 1) {
      over -= this.#weights[index] ?? over;
      atMs = Math.max(atMs, (this.#times[index] ?? 0) + this.#lengthMs);
    }
    return atMs;
  }

  /** When an event counts as having happened: rounded up to the end of its part where parts are counted. */
  #moment(timeMs: number, limit: number): number {
    if (limit <= EXACT_EVENTS) return timeMs;
    const partMs = this.#lengthMs / BUCKETS;
    return Math.ceil(timeMs / partMs) * partMs;
  }
}

import { type Failure, tooManyRequests, tooManyTokens } from '../domain/failure.ts';
import { type LimitName, type LimitRules, LimitState } from '../domain/limit.ts';
import type { CatalogueModel } from '../domain/model-catalogue.ts';
import { type Clock, sleep } from '../ports/clock.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import { LIMIT_PATIENCE_MS } from './deadlines.ts';

/** Calls that may wait for the per-second limit, by account and model. */
const WAITING_PER_SUBJECT = 8;

/** Bytes of request bodies that all waiting calls may hold together. */
const WAITING_BYTES = 256 * 1024 * 1024;

/** Subjects whose windows are kept; idle ones are forgotten first. */
const SUBJECTS_BEFORE_SWEEP = 10_000;

/** A call that was let in. */
export interface Admission {
  /** `x-ratelimit-*`: the minute's windows. */
  readonly headers: Readonly<Record<string, string>>;
  /** Must follow exactly once, with the tokens the call used. */
  leave(tokens: number): void;
}

interface Subject {
  readonly state: LimitState;
  waiting: number;
}

/**
 * Request and token limits: of the account for each model, and of the key where it has its own. A call that is
 * too early for the per-second limit by a moment waits its turn, because chat clients send an answer and its
 * title at once; turns are given in the order of arrival. Everything else is refused at once and told when.
 */
export class AdmissionDesk {
  readonly #clock: Clock;
  readonly #enabled: boolean;
  readonly #subjects = new Map<string, Subject>();
  #waitingBytes = 0;

  constructor(clock: Clock, options: { enabled: boolean }) {
    this.#clock = clock;
    this.#enabled = options.enabled;
  }

  /** Answers at once, unless the call has to wait. Rejects only when `signal` is aborted while the call waits; it then counts nowhere. */
  admit(
    caller: KeyWithOwner,
    model: CatalogueModel,
    bodyBytes: number,
    signal: AbortSignal,
  ): Admission | Failure | Promise<Admission> {
    if (!this.#enabled) return { headers: {}, leave: () => {} };
    const nowMs = this.#clock.monotonicMs();
    const team = { subject: this.#subject(`${caller.organizationId}\n${model.id}`), rules: model.limits };
    const key = { subject: this.#subject(caller.id), rules: caller.limits };
    const asked = [team, key];

    let atMs = nowMs;
    for (const { subject, rules } of asked) {
      const mayWait =
        subject.waiting < WAITING_PER_SUBJECT && this.#waitingBytes + bodyBytes <= WAITING_BYTES;
      const scheduled = subject.state.schedule(rules, nowMs, mayWait ? LIMIT_PATIENCE_MS : 0);
      if (scheduled.outcome === 'refused') {
        return refusal(caller, model, scheduled.limit, rules, scheduled.retryAtMs - nowMs);
      }
      atMs = Math.max(atMs, scheduled.atMs);
    }
    for (const { subject, rules } of asked) subject.state.enter(rules, atMs);
    const headers = limitHeaders(team.subject.state, team.rules, nowMs);
    const admission: Admission = {
      headers,
      leave: (tokens) => {
        const leftMs = this.#clock.monotonicMs();
        for (const { subject, rules } of asked) subject.state.leave(rules, leftMs, tokens);
      },
    };
    if (atMs <= nowMs) return admission;
    return this.#wait(asked, atMs, nowMs, bodyBytes, signal).then(() => admission);
  }

  /** What is left of a team's limits for a model, as this process has counted. */
  left(organizationId: string, model: CatalogueModel): ReturnType<LimitState['leftOfEach']> {
    if (!this.#enabled) return [];
    const state = this.#subjects.get(`${organizationId}\n${model.id}`)?.state ?? new LimitState();
    return state.leftOfEach(model.limits, this.#clock.monotonicMs());
  }

  async #wait(
    asked: readonly { subject: Subject; rules: LimitRules }[],
    atMs: number,
    nowMs: number,
    bodyBytes: number,
    signal: AbortSignal,
  ): Promise<void> {
    for (const { subject } of asked) subject.waiting += 1;
    this.#waitingBytes += bodyBytes;
    try {
      await sleep(this.#clock, atMs - nowMs, signal);
    } catch (reason) {
      for (const { subject, rules } of asked) subject.state.withdraw(rules, atMs);
      throw reason;
    } finally {
      for (const { subject } of asked) subject.waiting -= 1;
      this.#waitingBytes -= bodyBytes;
    }
  }

  #subject(name: string): Subject {
    let subject = this.#subjects.get(name);
    if (subject === undefined) {
      if (this.#subjects.size >= SUBJECTS_BEFORE_SWEEP) this.#sweep();
      subject = { state: new LimitState(), waiting: 0 };
      this.#subjects.set(name, subject);
    }
    return subject;
  }

  /** A few of the oldest at a time, so that no call pays for all. Busy ones move to the end. */
  #sweep(): void {
    const nowMs = this.#clock.monotonicMs();
    let looked = 0;
    for (const [name, subject] of this.#subjects) {
      this.#subjects.delete(name);
      if (!subject.state.isIdle(nowMs)) this.#subjects.set(name, subject);
      looked += 1;
      if (looked >= 32) return;
    }
  }
}

function refusal(
  caller: KeyWithOwner,
  model: CatalogueModel,
  limit: LimitName,
  rules: LimitRules,
  retryAfterMs: number,
): Failure {
  const most = rules[limit] ?? 0;
  if (limit === 'tokensPerMinute') return tooManyTokens(caller.organizationId, model.id, most, retryAfterMs);
  const per = {
    requestsPerSecond: 'per second',
    requestsPerMinute: 'per minute',
    requestsPerHour: 'per hour',
    requestsInFlight: 'at a time',
  }[limit];
  return tooManyRequests(
    caller.organizationId,
    model.id,
    `${most} ${most === 1 ? 'request' : 'requests'} ${per}`,
    retryAfterMs,
  );
}

function limitHeaders(state: LimitState, rules: LimitRules, nowMs: number): Record<string, string> {
  const headers: Record<string, string> = {};
  const { requests, tokens } = state.left(rules, nowMs);
  if (requests !== undefined) {
    headers['x-ratelimit-limit-requests'] = String(requests.limit);
    headers['x-ratelimit-remaining-requests'] = String(requests.remaining);
  }
  if (tokens !== undefined) {
    headers['x-ratelimit-limit-tokens'] = String(tokens.limit);
    headers['x-ratelimit-remaining-tokens'] = String(tokens.remaining);
  }
  return headers;
}

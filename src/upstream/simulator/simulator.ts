import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import { countPromptTokens } from '../count-prompt.ts';
import { type Tokeniser, TokeniserError } from '../tokeniser/tokeniser.ts';
import { type Upstream, type UpstreamCall, UpstreamError, type UpstreamResponse } from '../upstream.ts';
import { type Answer, streamAnswer } from './answer-stream.ts';
import { writeWholeAnswer } from './answer-whole.ts';
import { streamBody } from './body-stream.ts';
import { describeImages, type FetchImage } from './describe-images.ts';
import { hang, refusalOf, reset, spoilBody, spoilStream } from './faults.ts';
import { Pace } from './pace.ts';
import { planAnswer } from './plan-answer.ts';
import { readRequest, type SimulatorRequest } from './read-request.ts';
import { isRefusal, type Refusal, writeRefusal } from './refusal.ts';
import { seedRandom } from './seeded-random.ts';
import type { Fault, Speed } from './settings.ts';
import { SIMULATOR_MODEL, type UsageTruth } from './wire.ts';
import { writeChoice } from './write-choice.ts';

export interface SimulatorOptions {
  readonly clock: Clock;
  readonly tokeniser: Tokeniser;
  /** How images at addresses are fetched. Without it they are refused. */
  readonly fetchImage?: FetchImage;
  /** How fast it writes where a request does not say; 0, the default, is as fast as it is read. */
  readonly tokensPerSecond?: number;
  /** The time before the first token where a request does not say; none by default. */
  readonly firstTokenMs?: number;
}

/**
 * An upstream for people who build against the API: it needs no model, no network and no money, says in every
 * answer that it is a simulator, and does as it is told by a request's `turnpike_simulator` field. The same
 * request gets the same answer. It writes the bytes that an OpenAI-compatible server would send.
 */
export function createSimulator(options: SimulatorOptions): Upstream {
  const { clock, tokeniser, fetchImage } = options;
  const speed: Speed = {
    tokensPerSecond: options.tokensPerSecond ?? 0,
    firstTokenMs: options.firstTokenMs ?? 0,
  };

  async function prepare(request: SimulatorRequest, signal: AbortSignal): Promise<Answer | Refusal> {
    const images = await describeImages(request.body, fetchImage, signal);
    if (isRefusal(images)) return images;
    const prompt = await countPromptTokens(request.body, tokeniser);
    // A figure that is only a bound would be charged as if it were the truth.
    if (!prompt.exact) throw new TokeniserError('overloaded');
    const { question, settings } = request;
    const seed = settings.seed ?? 0;
    const choices = [];
    for (let index = 0; index < request.choices; index += 1) {
      const random = seedRandom(question, seed, index);
      const plan = planAnswer(request, images, random);
      if (isRefusal(plan)) return plan;
      choices.push(await writeChoice(plan, request, tokeniser, random));
    }
    const id = `chatcmpl-${createHash('sha256')
      .update(JSON.stringify([question, seed]))
      .digest('hex')
      .slice(0, 24)}`;
    const identity = { id, createdSeconds: Math.floor(clock.nowMs() / 1_000) };
    return { identity, request, prompt, choices, usageTruth: usageTruthOf(settings.fault) };
  }

  async function answer(call: UpstreamCall): Promise<UpstreamResponse> {
    const request = readRequest(call, speed);
    if (isRefusal(request)) return respondWith(request);
    const { fault } = request.settings;
    const refusal = refusalOf(fault);
    if (refusal !== undefined) return respondWith(refusal);
    if (fault === 'hang') return hang(clock, call.signal);
    if (fault === 'reset' && !request.stream) throw reset();

    const prepared = await prepare(request, call.signal);
    call.signal.throwIfAborted();
    if (isRefusal(prepared)) return respondWith(prepared);
    if (request.stream) {
      const body = streamBody((unwanted) => {
        const pace = new Pace(clock, request.settings, unwanted);
        return spoilStream(streamAnswer(prepared, pace), fault, clock, unwanted);
      }, call.signal);
      return respond(200, { 'content-type': 'text/event-stream' }, body);
    }
    const text = await writeWholeAnswer(prepared, new Pace(clock, request.settings, call.signal));
    const body = streamBody((unwanted) => spoilBody(text, fault, clock, unwanted), call.signal);
    return respond(200, { 'content-type': 'application/json' }, body);
  }

  return {
    name: 'simulator',
    kind: 'simulator',
    simulated: true,
    inputModalities: ['text', 'image'],
    upstreamModel: () => SIMULATOR_MODEL,
    async countPrompt(body) {
      const { tokens, exact } = await countPromptTokens(body, tokeniser);
      if (!exact) throw new TokeniserError('overloaded');
      return tokens;
    },
    tokenize: (text) => tokeniser.tokens(text),
    async send(call) {
      try {
        call.signal.throwIfAborted();
        return await answer(call);
      } catch (reason) {
        if (call.signal.aborted)
          throw new UpstreamError('aborted', 'The call was ended before the simulator answered.');
        if (reason instanceof TokeniserError) return respondWith(tokeniserRefusal(reason));
        if (reason instanceof UpstreamError) throw reason;
        throw new UpstreamError(
          'broken',
          `The simulator failed: ${reason instanceof Error ? reason.name : 'unknown'}.`,
        );
      }
    },
  };
}

function usageTruthOf(fault: Fault | undefined): UsageTruth {
  if (fault === 'no-usage') return 'missing';
  return fault === 'negative-usage' ? 'negative' : 'true';
}

function tokeniserRefusal({ reason }: TokeniserError): Refusal {
  const tooLong = reason === 'too-long';
  return {
    status: tooLong ? 400 : 503,
    type: tooLong ? 'invalid_request_error' : 'server_error',
    message: tooLong
      ? 'The simulator writes no answer of this length.'
      : 'The simulator is counting too many long texts.',
    param: null,
    code: null,
  };
}

function respondWith(refusal: Refusal): UpstreamResponse {
  const headers = {
    'content-type': 'application/json',
    ...(refusal.status === 429 ? { 'retry-after': '1' } : {}),
  };
  return respond(refusal.status, headers, new Blob([writeRefusal(refusal)]).stream());
}

function respond(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: ReadableStream<Uint8Array>,
): UpstreamResponse {
  return { status, header: (name) => headers[name] ?? null, body };
}

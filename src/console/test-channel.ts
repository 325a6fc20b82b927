import { type Clock, within } from '../ports/clock.ts';
import { readBoundedText } from '../upstream/bounded-text.ts';
import { type Upstream, UpstreamError } from '../upstream/upstream.ts';

/** What an upstream made of one small call. */
export interface ChannelTested {
  readonly ok: boolean;
  readonly httpStatus: number | null;
  readonly answer: string | null;
  /** The upstream's own words, or why it could not be reached; for the operator only. */
  readonly failure: string | null;
  readonly durationMs: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

const DEADLINE_MS = 60_000;
const MAXIMUM_ANSWER_TOKENS = 64;
const MAXIMUM_BYTES = 262_144;
const SHOWN_CHARACTERS = 2_000;

/** Sends one small call to an upstream, past limits and ledger: nobody is charged for it here. */
export async function testChannel(
  clock: Clock,
  upstream: Upstream,
  model: string,
  prompt: string,
): Promise<ChannelTested> {
  const startedMs = clock.monotonicMs();
  const stop = new AbortController();
  const body = {
    model: upstream.upstreamModel(model),
    messages: [{ role: 'user', content: prompt }],
    [upstream.outputCapField ?? 'max_tokens']: MAXIMUM_ANSWER_TOKENS,
    stream: false,
  };
  const call = async () => {
    const response = await upstream.send({
      body: JSON.stringify(body),
      stream: false,
      signal: stop.signal,
    });
    return { status: response.status, text: (await readBoundedText(response.body, MAXIMUM_BYTES)).text };
  };
  const tested = (facts: Partial<ChannelTested>): ChannelTested => ({
    ...{ ok: false, httpStatus: null, answer: null, failure: null, inputTokens: null, outputTokens: null },
    durationMs: clock.monotonicMs() - startedMs,
    ...facts,
  });
  try {
    const answered = await within(clock, DEADLINE_MS, call());
    if (answered === undefined) return tested({ failure: 'timed-out' });
    return tested(read(answered.status, answered.text));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return tested({ failure: `${error.reason}: ${error.message}`.slice(0, SHOWN_CHARACTERS) });
  } finally {
    stop.abort();
  }
}

function read(httpStatus: number, text: string): Partial<ChannelTested> {
  const failed = { httpStatus, failure: text.slice(0, SHOWN_CHARACTERS) };
  if (httpStatus !== 200) return failed;
  try {
    const { choices, usage } = JSON.parse(text);
    const answer = choices?.[0]?.message?.content;
    if (typeof answer !== 'string') return failed;
    return {
      ...{ ok: true, httpStatus, answer: answer.slice(0, SHOWN_CHARACTERS) },
      inputTokens: countOf(usage?.prompt_tokens),
      outputTokens: countOf(usage?.completion_tokens),
    };
  } catch {
    return failed;
  }
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

import * as z from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { Amount, Count, Id, Moment, Ticks } from './scalars.ts';

/** How a request ended; the finer outcome is in `outcome`. */
export const RequestResult = z.enum(['answered', 'cut', 'client-left', 'refused', 'failed']);
export type RequestResult = z.infer<typeof RequestResult>;

/** What made a request: an API key, or a person without one. */
export const RequestSource = z.object({
  kind: z.enum(['key', 'console', 'chat']),
  keyId: Id.nullable(),
  name: z.string().nullable().meta({ description: "The key's name; null for a key that is gone." }),
  userId: Id,
});
export type RequestSource = z.infer<typeof RequestSource>;

/** One request, as lists show it. It never holds a prompt or an answer. */
export const RequestRow = z.object({
  id: Id,
  atMs: Moment,
  model: z.string().meta({ description: 'Empty when the request named no model of the catalogue.' }),
  source: RequestSource,
  result: RequestResult,
  outcome: z.string(),
  httpStatus: Count,
  failureCode: z.string().nullable(),
  streamed: z.boolean(),
  simulated: z.boolean(),
  inputTokens: Count,
  outputTokens: Count.meta({ description: 'Reasoning included.' }),
  timeToFirstTokenMs: z.number().nullable(),
  durationMs: z.number(),
  costTicks: Ticks,
});
export type RequestRow = z.infer<typeof RequestRow>;

export const RequestPage = pageOf(RequestRow);
export type RequestPage = z.infer<typeof RequestPage>;

/** Which requests; what is absent does not matter. Times are of the request's arrival. */
export const RequestQuery = z.strictObject({
  ...pageQuery,
  model: z.string().max(128).optional(),
  keyId: Id.optional().meta({ description: 'A key of the team, or `console` or `chat`.' }),
  result: RequestResult.optional(),
  fromMs: z.coerce.number().int().min(0).optional(),
  toMs: z.coerce.number().int().min(0).optional().meta({ description: 'Not included.' }),
  minimumCostTicks: Amount.optional(),
});
export type RequestQuery = z.infer<typeof RequestQuery>;

export const TokenCounts = z.object({
  inputTokens: Count,
  cachedInputTokens: Count,
  imageInputTokens: Count,
  audioInputTokens: Count,
  outputTokens: Count,
  reasoningTokens: Count,
});

/** One kind of tokens on the bill. */
export const BillLine = z.object({
  kind: z.enum(['input', 'cached-input', 'image-input', 'audio-input', 'output', 'reasoning']),
  tokens: Count,
  ticksPerToken: Ticks,
  costTicks: Ticks,
});
export type BillLine = z.infer<typeof BillLine>;

/** What one step of a request moved between the wallet, its hold and the operator. */
export const RequestEntry = z.object({
  atMs: Moment,
  kind: z.enum(['hold', 'charge', 'release', 'uncollected']),
  from: z.enum(['balance', 'hold', 'operator']),
  to: z.enum(['balance', 'hold', 'operator']),
  amountTicks: Ticks,
});
export type RequestEntry = z.infer<typeof RequestEntry>;

/** One request with everything that is kept of it. */
export const RequestDetail = RequestRow.extend({
  requestedBy: z.object({ userId: Id, name: z.string().nullable(), email: z.string().nullable() }),
  tokens: TokenCounts,
  estimated: z.boolean().meta({ description: 'Counted by us, because the upstream did not say.' }),
  reported: z
    .object({
      inputTokens: Count,
      cachedInputTokens: Count,
      outputTokens: Count,
      reasoningTokens: Count,
    })
    .nullable()
    .meta({ description: "The upstream's own figures." }),
  timing: z.object({
    queuedMs: z.number().meta({ description: 'Waiting in line for a limit or for credit.' }),
    gatewayMs: z.number().meta({ description: "The gateway's own share." }),
    firstTokenMs: z.number().nullable().meta({
      description: 'From the call of the upstream to its first token; null for an answer in one piece.',
    }),
    answerMs: z
      .number()
      .meta({ description: 'From the first token to the end; the whole rest when there was none.' }),
    totalMs: z.number(),
  }),
  route: z
    .object({
      channel: z.string(),
      upstreamModel: z.string(),
      simulated: z.boolean(),
    })
    .nullable()
    .meta({ description: 'What answered; null when nothing was asked.' }),
  bill: z.object({
    lines: z.array(BillLine),
    pricedFromMs: Moment.nullable().meta({ description: 'The price sheet that was valid from then on.' }),
    costTicks: Ticks,
    uncollectedTicks: Ticks,
  }),
  ledger: z.array(RequestEntry).meta({ description: 'Oldest first.' }),
});
export type RequestDetail = z.infer<typeof RequestDetail>;

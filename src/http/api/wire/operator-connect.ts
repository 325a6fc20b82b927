import * as z from 'zod';
import { Amount, Count, Id, Ticks } from './scalars.ts';

/** What a person pastes to connect an upstream. */
export const PastedText = z.strictObject({
  pasted: z.string().max(100_000).meta({
    description: 'A key, a base URL, a curl command, or settings with both. It is kept and logged nowhere.',
  }),
  provider: z.string().max(40).optional().meta({ description: 'Whose key it is, when it was asked.' }),
  key: z.string().max(4_096).optional().meta({ description: 'A key that is given by itself.' }),
  model: z.string().max(200).optional().meta({ description: 'A model to try, by the upstream’s name.' }),
});

const PROBE_FAULTS = [
  ...([
    'key-refused',
    'no-credit',
    'too-fast',
    'not-found',
    'redirected',
    'refused',
    'server-error',
  ] as const),
  ...(['timed-out', 'too-large', 'not-an-api', 'no-models', 'unreachable', 'unresolved', 'tls'] as const),
] as const;

/** Why a try did not work; `words` are the upstream's own. */
export const ProbeFailure = z.object({
  fault: z.enum(PROBE_FAULTS),
  httpStatus: Count.nullable(),
  words: z.string().nullable(),
});
export type ProbeFailure = z.infer<typeof ProbeFailure>;

const Trial = z.enum(['chat', 'stream', 'tools', 'images']);

export const UpstreamModel = z.object({
  name: z.string(),
  contextTokens: Count.nullable(),
  prices: z.object({ inputTicksPerToken: Ticks, outputTicksPerToken: Ticks }).nullable(),
});
export type UpstreamModel = z.infer<typeof UpstreamModel>;

export const ConnectProposal = z.object({
  name: z.string(),
  routes: z.array(z.object({ model: z.string(), upstreamModel: z.string(), isSame: z.boolean() })),
  additions: z.array(UpstreamModel),
  addsAll: z.boolean(),
  inputModalities: z.array(z.enum(['text', 'image'])),
});
export type ConnectProposal = z.infer<typeof ConnectProposal>;

/** One event of a try, in the data of `event: probe`. */
export const ProbeEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('unclear'),
    why: z.string(),
    candidates: z.array(z.object({ id: Id, label: z.string() })),
  }),
  z.object({
    kind: z.literal('found'),
    provider: z.string().nullable(),
    label: z.string(),
    baseUrl: z.string(),
    shownKey: z.string().nullable(),
    isNear: z.boolean(),
  }),
  z.object({
    kind: z.literal('trying'),
    what: z.enum(['models', ...Trial.options]),
    model: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('models'),
    count: Count,
    names: z.array(z.string()),
    failed: ProbeFailure.nullable(),
  }),
  z.object({
    kind: z.literal('tried'),
    what: Trial,
    model: z.string(),
    outcome: z.enum(['works', 'unsure', 'fails']),
    failed: ProbeFailure.nullable(),
    tookMs: z.number(),
    firstTokenMs: z.number().nullable(),
    costTicks: Ticks.nullable(),
  }),
  z.object({
    kind: z.literal('done'),
    answers: z.boolean(),
    proposal: ConnectProposal.nullable(),
  }),
]);
export type ProbeEvent = z.infer<typeof ProbeEvent>;

/** What was agreed to. The price of a model that is new is always said, zero too. */
export const NewConnection = z.strictObject({
  ...PastedText.shape,
  name: z.string().trim().min(1).max(100),
  routes: z
    .array(z.strictObject({ model: z.string().max(128), upstreamModel: z.string().max(200) }))
    .max(200),
  additions: z
    .array(
      z.strictObject({
        name: z.string().max(128),
        contextTokens: z.int().min(1).max(100_000_000),
        inputTicksPerToken: Amount,
        outputTicksPerToken: Amount,
      }),
    )
    .max(200),
  inputModalities: z.array(z.enum(['text', 'image'])),
});

export const Connected = z.object({
  channelId: Id,
  name: z.string(),
  notAdded: z.array(z.object({ model: z.string(), message: z.string() })),
});
export type Connected = z.infer<typeof Connected>;

export const NearbyServers = z.object({
  rows: z.array(z.object({ label: z.string(), baseUrl: z.string(), models: z.array(z.string()) })),
});
export type NearbyServers = z.infer<typeof NearbyServers>;

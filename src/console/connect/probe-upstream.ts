import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import type { Ticks } from '../../domain/money.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CatalogueStore } from '../../storage/catalogue-store.ts';
import type { ChannelStore } from '../../storage/channel-store.ts';
import type { Dial, Dialled } from '../../upstream/dial.ts';
import { askBounded, type Failed, failed, isFailed } from './probe-fault.ts';
import { type Proposal, proposeChannel } from './propose-channel.ts';
import { type PastedUpstream, shownKey } from './read-pasted.ts';
import {
  type Trial,
  type TrialTools,
  type Tried,
  tryChat,
  tryImages,
  tryStream,
  tryTools,
} from './trials.ts';
import { chatModels, maySee, readUpstreamModels, type UpstreamModel } from './upstream-models.ts';

/** What happens while an upstream is tried, as it happens. Never with the key in it. */
export type ProbeEvent =
  | {
      readonly kind: 'found';
      readonly provider: string | null;
      readonly label: string;
      readonly baseUrl: string;
      readonly shownKey: string | null;
    }
  | { readonly kind: 'trying'; readonly what: 'models' | Trial; readonly model: string | null }
  /** `failed` of a list that could not be had; many an upstream answers without one. */
  | { readonly kind: 'models'; readonly models: readonly UpstreamModel[]; readonly failed: Failed | null }
  | {
      readonly kind: 'tried';
      readonly what: Trial;
      readonly model: string;
      readonly tried: Tried;
      /** What the upstream takes for it by its own prices; null when they are not known. */
      readonly costTicks: Ticks | null;
    }
  | { readonly kind: 'done'; readonly answers: boolean; readonly proposal: Proposal | null };

export interface ProbePorts {
  readonly clock: Clock;
  readonly dial: Dial;
  readonly catalogue: Pick<CatalogueStore, 'list'>;
  readonly channels: Pick<ChannelStore, 'list'>;
}

const LIST_DEADLINE_MS = 15_000;
const LIST_BYTES = 4_194_304;

/** Tries an upstream: lists its models, and has one of them answer, stream, call a tool and look at a picture. */
export async function probeUpstream(
  { clock, dial, catalogue, channels }: ProbePorts,
  pasted: PastedUpstream,
  send: (event: ProbeEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { provider, label, baseUrl, key } = pasted;
  await send({
    ...{ kind: 'found', provider: provider?.id ?? null, label, baseUrl },
    shownKey: key === undefined ? null : shownKey(key),
  });
  const dialled = dial({ name: label, baseUrl, key });
  await send({ kind: 'trying', what: 'models', model: null });
  const listed = await listModels(clock, dialled, key, signal);
  const models = isFailed(listed) ? [] : listed;
  await send({ kind: 'models', models, failed: isFailed(listed) ? listed : null });
  const public_ = await catalogue.list();
  const model = chooseModel(pasted.model, models, public_);
  if (model === undefined || (isFailed(listed) && isHopeless(listed))) {
    await send({ kind: 'done', answers: false, proposal: null });
    return;
  }
  const tools = { clock, dialled, key, signal };
  const run = async (what: Trial, name: string, attempt: TrialOf) => {
    await send({ kind: 'trying', what, model: name });
    const tried = await attempt(tools, name);
    const costTicks = costOf(
      models.find((listedModel) => listedModel.name === name),
      tried,
    );
    await send({ kind: 'tried', what, model: name, tried, costTicks });
    return tried.outcome;
  };
  if ((await run('chat', model, tryChat)) === 'fails') {
    await send({ kind: 'done', answers: false, proposal: null });
    return;
  }
  await run('stream', model, tryStream);
  await run('tools', model, tryTools);
  const seeing = chatModels(models).find(maySee)?.name ?? model;
  const seer = models.some((listedModel) => listedModel.name === model && maySee(listedModel))
    ? model
    : seeing;
  const images = await run('images', seer, tryImages);
  const takenNames = (await channels.list()).map(({ name }) => name);
  const facts = { tried: model, seer: images === 'works' ? seer : undefined, takenNames };
  await send({ kind: 'done', answers: true, proposal: proposeChannel(pasted, models, public_, facts) });
}

type TrialOf = (tools: TrialTools, model: string) => Promise<Tried>;

async function listModels(
  clock: Clock,
  { get }: Dialled,
  key: string | undefined,
  signal: AbortSignal,
): Promise<UpstreamModel[] | Failed> {
  const bounds = { deadlineMs: LIST_DEADLINE_MS, maximumBytes: LIST_BYTES, key };
  const answered = await askBounded(clock, bounds, signal, (stop) => get('/models', stop));
  if (isFailed(answered)) return answered;
  const models = readUpstreamModels(answered.text);
  if (models === undefined) return failed('not-an-api', 200, null);
  return models.length === 0 ? failed('no-models', 200, null) : models;
}

/** A server that has no list may answer all the same; one that cannot be reached or refuses the key does not. */
function isHopeless({ fault }: Failed): boolean {
  return !['not-found', 'not-an-api', 'no-models', 'refused', 'too-large', 'server-error'].includes(fault);
}

/** What the person named, else a model that callers ask for already, else the first that chats. */
function chooseModel(
  named: string | undefined,
  models: readonly UpstreamModel[],
  catalogue: readonly CatalogueModel[],
): string | undefined {
  if (named !== undefined && (models.length === 0 || models.some(({ name }) => name === named))) return named;
  const wanted = new Set(catalogue.flatMap(({ id, aliases }) => [id, ...aliases]));
  const chats = chatModels(models);
  return (chats.find(({ name }) => wanted.has(name)) ?? chats[0] ?? models[0])?.name ?? named;
}

function costOf(model: UpstreamModel | undefined, { inputTokens, outputTokens }: Tried): Ticks | null {
  if (!model?.prices || inputTokens === null || outputTokens === null) return null;
  return BigInt(inputTokens) * model.prices.input + BigInt(outputTokens) * model.prices.output;
}

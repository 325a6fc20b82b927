import { LatencyBook } from '../console/latency-book.ts';
import { ModelCatalogue } from '../domain/model-catalogue.ts';
import { AdmissionDesk } from '../gateway/admit.ts';
import { effectiveContextTokens } from '../gateway/choose-upstream.ts';
import { CreditQueue } from '../gateway/credit-queue.ts';
import { ExchangeRegister } from '../gateway/exchange-register.ts';
import type { Gateway, PresentedKey } from '../gateway/gateway.ts';
import { findKey, identifyCaller } from '../gateway/identify-caller.ts';
import { answerChat } from '../gateway/pipeline.ts';
import { RecordingRoom } from '../gateway/recording-room.ts';
import { sweepKeptAnswers } from '../gateway/sweep-kept-answers.ts';
import { tokenizeText } from '../gateway/tokenize-text.ts';
import { type Trouble, UpstreamHealth } from '../gateway/upstream-health.ts';
import type { AnswerPerson } from '../http/api/v1/teams/playground.ts';
import { healthRoutes } from '../http/health.ts';
import type { ModelFacts } from '../http/present-model.ts';
import { BodyReader } from '../http/read-body.ts';
import type { Route } from '../http/route.ts';
import { type RunningServer, type Subtree, startServer } from '../http/server.ts';
import { apiKeyRoute } from '../http/v1/api-key.ts';
import { chatCompletionsRoute } from '../http/v1/chat-completions.ts';
import { modelRoutes } from '../http/v1/models.ts';
import { tokenizeTextRoute } from '../http/v1/tokenize-text.ts';
import type { Changed } from '../ports/changes.ts';
import { within } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { KeyDirectory } from '../storage/key-directory.ts';
import type { Storage } from '../storage/storage.ts';
import { fetchGuarded } from '../upstream/connection-guarded.ts';
import type { LocalModelDesk } from '../upstream/local-engine/local-model-desk.ts';
import { IMAGE_MAX_BYTES } from '../upstream/simulator/describe-images.ts';
import { createSimulator } from '../upstream/simulator/simulator.ts';
import { createTokeniser } from '../upstream/tokeniser/tokeniser.ts';
import { composeLocalModel } from './compose-local-model.ts';
import type { Config } from './config.ts';
import { logRequest } from './log-request.ts';
import { Metrics } from './metrics.ts';
import { Mirror } from './mirror.ts';
import { systemClock as clock } from './system-clock.ts';
import { systemRandom as random } from './system-random.ts';
import { Telemetry } from './telemetry/telemetry.ts';
import { UpstreamTable } from './upstream-table.ts';
import { VERSION } from './version.ts';

/** Figures are shown also while the storage is away, and then they say so. */
const STORAGE_ANSWER_MS = 1_000;

/** A start remembers from these how fast models were. */
const REMEMBERED_REQUESTS = 1_000;

/** What is opened before the program is put together, and closed after it. */
export interface Foundations {
  readonly config: Config;
  readonly storage: Storage;
  readonly log: Log;
  /** Marks this process's holds. */
  readonly processId: string;
  readonly unseal: (sealedKey: string) => string;
  /** Told of every team whose money has moved, on the path of its call: it must not do anything there. */
  readonly moneyMoved: (organizationId: string) => void;
}

/** The program, put together. It serves from `listen` on. */
export interface Program {
  readonly upstreams: UpstreamTable;
  readonly exchanges: ExchangeRegister;
  /** The model on this machine, which may be fetched while the program serves. */
  readonly localModel: LocalModelDesk;
  /** The models that are switched on and what answers each, in this moment. */
  models(): readonly (ModelFacts & { readonly upstream: string })[];
  /** To be told of every change of a key, an account, a model or a channel. */
  readonly changed: Changed;
  /** To be told that anything may have changed. */
  readonly everythingChanged: () => void;
  listen(rootRoutes: readonly Route[], subtrees: readonly Subtree[]): RunningServer;
  /** The pipeline, for callers of this process that need no key. */
  answerPerson: AnswerPerson;
  /** What is left of a team's limits for a model. */
  limitsLeft: AdmissionDesk['left'];
  /** How fast models and channels were of late. */
  readonly latency: LatencyBook;
  /** The upstreams that have failed and not answered since. */
  troubles(): readonly Trouble[];
  /** Reads bodies of calls to models, all together within one bound. */
  readonly bodies: BodyReader;
  /** Does now what the first request would otherwise wait for. */
  warmUp(): void;
  close(): Promise<void>;
}

/** Builds everything. The only file that sees all floors. */
export async function compose({
  config,
  storage,
  log,
  processId,
  unseal,
  moneyMoved,
}: Foundations): Promise<Program> {
  const keys = new KeyDirectory(storage.keys);
  const tokeniser = createTokeniser({ clock, log });
  const simulator = createSimulator({
    clock,
    tokeniser,
    fetchImage: (url, signal) => fetchGuarded(url, { maxBytes: IMAGE_MAX_BYTES, signal }),
  });
  const upstreams = new UpstreamTable({ simulator, choice: config.upstream, unseal, log });
  const localModel = composeLocalModel(config, log, (engine) => upstreams.setLocal(engine));
  const metrics = new Metrics();
  const telemetry =
    config.telemetry === undefined
      ? undefined
      : new Telemetry({ settings: config.telemetry, clock, random, log, version: VERSION });
  const exchanges = new ExchangeRegister();
  let catalogue = new ModelCatalogue(await storage.catalogue.list());
  upstreams.setChannels(await storage.channels.list());

  const admission = new AdmissionDesk(clock, { enabled: config.limitsEnabled });
  const latency = await rememberLatency(storage);
  const upstreamHealth = new UpstreamHealth(clock);

  const gateway: Gateway = {
    clock,
    log,
    ledger: storage.ledger,
    usage: storage.usage,
    keys,
    idempotency: storage.idempotency,
    tokeniser,
    admission,
    credit: new CreditQueue(clock),
    exchanges,
    recordings: new RecordingRoom(),
    processId,
    catalogue: () => catalogue,
    upstreamsOf: (model) => upstreams.of(model),
    health: upstreamHealth,
    sha256,
    observe(record, trace) {
      metrics.observe(record);
      latency.observe(record);
      moneyMoved(record.organizationId);
      if (trace !== undefined) telemetry?.observe(record, trace);
      logRequest(log, config.logSample, record, trace);
    },
  };

  const mirrors = mirrorChanges(storage, log, {
    model: (models) => {
      catalogue = new ModelCatalogue(models);
    },
    channel: (rows) => upstreams.setChannels(rows),
  });
  const modelFacts = (model: ModelCatalogue['models'][number]) => {
    const upstream = upstreams.of(model)[0];
    return {
      model,
      contextTokens: effectiveContextTokens(model, upstream),
      simulated: upstream?.simulated ?? false,
      // Nothing answers a model whose channel cannot be used now.
      upstream: upstream === undefined ? '—' : upstream.upstreamModel(model.id),
    };
  };
  const stopSweeping = sweepKeptAnswers({ clock, log, idempotency: storage.idempotency });
  const identify = (presented: PresentedKey) => identifyCaller(gateway, presented);
  const bodies = new BodyReader(clock);
  const apiRoutes = [
    chatCompletionsRoute({
      identify,
      answerChat: (request) => answerChat(gateway, request),
      bodies,
      startTrace: telemetry && ((request, context) => telemetry.begin(request, context)),
    }),
    ...modelRoutes({
      identify,
      models: () => catalogue.models.map(modelFacts),
      findModel: (name) => {
        const model = catalogue.find(name);
        return model === undefined ? undefined : modelFacts(model);
      },
      nowMs: clock.nowMs,
    }),
    apiKeyRoute((presented) => findKey(gateway, presented)),
    tokenizeTextRoute({
      identify,
      tokenize: (presented, bodyText) => tokenizeText(gateway, presented, bodyText),
      bodies,
    }),
  ];
  const health = healthRoutes({
    obstacles: async () => {
      const obstacles: string[] = [];
      if (exchanges.isClosed) obstacles.push('shutting-down');
      await storage.check().catch(() => obstacles.push('storage'));
      return obstacles;
    },
    mayReadMetrics: (token) =>
      config.metricsToken === undefined
        ? isLoopbackHost(config.host)
        : token !== undefined && sha256(token) === sha256(config.metricsToken),
    metrics: async () => {
      const check = storage.check().then(
        () => true,
        () => false,
      );
      const isStorageReady = (await within(clock, STORAGE_ANSWER_MS, check)) ?? false;
      return metrics.write({
        turnpike_requests_in_flight: exchanges.count,
        turnpike_storage_ready: isStorageReady ? 1 : 0,
        process_resident_memory_bytes: process.memoryUsage.rss(),
        ...(telemetry && { turnpike_telemetry_lost_requests: telemetry.lost }),
      });
    },
  });

  return {
    upstreams,
    exchanges,
    localModel,
    models: () => catalogue.models.map(modelFacts),
    changed(change) {
      keys.invalidate(change);
      if (change.kind === 'credit') {
        gateway.credit.released(change.id);
        moneyMoved(change.id);
      }
      if (change.kind === 'model' || change.kind === 'channel') mirrors[change.kind].refresh();
    },
    everythingChanged() {
      keys.invalidateAll();
      for (const mirror of Object.values(mirrors)) mirror.refresh();
    },
    listen: (rootRoutes, subtrees) =>
      startServer({
        hostname: config.host,
        port: config.port,
        apiRoutes,
        rootRoutes: [...health, ...rootRoutes],
        subtrees,
        trustedProxies: config.trustedProxies,
        clock,
        random,
        log,
      }),
    answerPerson: (request) => answerChat(gateway, { ...request, credential: undefined }),
    limitsLeft: (organizationId, model) => admission.left(organizationId, model),
    latency,
    troubles: () => upstreamHealth.troubles(),
    bodies,
    warmUp: () => void tokeniser.countSync(''),
    async close() {
      for (const mirror of Object.values(mirrors)) mirror.close();
      stopSweeping();
      tokeniser.close();
      await localModel.close();
      await telemetry?.close();
    },
  };
}

/** What is remembered of the database's models and channels, read anew when it changed. */
function mirrorChanges(
  storage: Storage,
  log: Log,
  show: {
    readonly model: (models: Awaited<ReturnType<Storage['catalogue']['list']>>) => void;
    readonly channel: (rows: Awaited<ReturnType<Storage['channels']['list']>>) => void;
  },
) {
  const onFailure = (kind: keyof typeof show) => () => log.error('change-not-loaded', { kind });
  return {
    model: new Mirror({
      ...{ clock, read: () => storage.catalogue.list(), show: show.model },
      onFailure: onFailure('model'),
    }),
    channel: new Mirror({
      ...{ clock, read: () => storage.channels.list(), show: show.channel },
      onFailure: onFailure('channel'),
    }),
  };
}

async function rememberLatency({ reports }: Pick<Storage, 'reports'>): Promise<LatencyBook> {
  const latency = new LatencyBook();
  for (const record of [...(await reports.latestOfAll(REMEMBERED_REQUESTS))].reverse())
    latency.observe(record);
  return latency;
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function sha256(text: string): string {
  return Bun.SHA256.hash(text, 'hex');
}

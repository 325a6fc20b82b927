import { ModelCatalogue } from '../domain/model-catalogue.ts';
import { AdmissionDesk } from '../gateway/admit.ts';
import { effectiveContextTokens } from '../gateway/choose-upstream.ts';
import { CreditQueue } from '../gateway/credit-queue.ts';
import { ExchangeRegister } from '../gateway/exchange-register.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { findKey, identifyCaller } from '../gateway/identify-caller.ts';
import { answerChat } from '../gateway/pipeline.ts';
import { tokenizeText } from '../gateway/tokenize-text.ts';
import { healthRoutes } from '../http/health.ts';
import type { ModelFacts } from '../http/present-model.ts';
import { BodyReader } from '../http/read-body.ts';
import type { Route } from '../http/route.ts';
import { type RunningServer, startServer } from '../http/server.ts';
import { apiKeyRoute } from '../http/v1/api-key.ts';
import { chatCompletionsRoute } from '../http/v1/chat-completions.ts';
import { modelRoutes } from '../http/v1/models.ts';
import { tokenizeTextRoute } from '../http/v1/tokenize-text.ts';
import type { Changed } from '../ports/changes.ts';
import type { Log } from '../ports/log.ts';
import { KeyDirectory } from '../storage/key-directory.ts';
import type { Storage } from '../storage/storage.ts';
import type { RequestRecord } from '../storage/usage-store.ts';
import { fetchGuarded } from '../upstream/connection-guarded.ts';
import { IMAGE_MAX_BYTES } from '../upstream/simulator/describe-images.ts';
import { createSimulator } from '../upstream/simulator/simulator.ts';
import { createTokeniser } from '../upstream/tokeniser/tokeniser.ts';
import type { Config } from './config.ts';
import { Metrics } from './metrics.ts';
import { Mirror } from './mirror.ts';
import { systemClock as clock } from './system-clock.ts';
import { systemRandom as random } from './system-random.ts';
import { UpstreamTable } from './upstream-table.ts';

/** What is opened before the program is put together, and closed after it. */
export interface Foundations {
  readonly config: Config;
  readonly storage: Storage;
  readonly log: Log;
  /** Marks this process's holds. */
  readonly processId: string;
  readonly unseal: (sealedKey: string) => string;
}

/** The program, put together. It serves from `listen` on. */
export interface Program {
  readonly upstreams: UpstreamTable;
  readonly exchanges: ExchangeRegister;
  /** The models that are switched on and what answers each, in this moment. */
  models(): readonly (ModelFacts & { readonly upstream: string })[];
  /** To be told of every change of a key, an account, a model or a channel. */
  readonly changed: Changed;
  listen(rootRoutes: readonly Route[]): RunningServer;
  /** Does now what the first request would otherwise wait for. */
  warmUp(): void;
  close(): void;
}

/** Builds everything. The only file that sees all floors. */
export async function compose({ config, storage, log, processId, unseal }: Foundations): Promise<Program> {
  const keys = new KeyDirectory(storage.keys);
  const tokeniser = createTokeniser({ clock, log });
  const simulator = createSimulator({
    clock,
    tokeniser,
    fetchImage: (url, signal) => fetchGuarded(url, { maxBytes: IMAGE_MAX_BYTES, signal }),
  });
  const upstreams = new UpstreamTable({ simulator, choice: config.upstream, unseal, log });
  const metrics = new Metrics();
  const exchanges = new ExchangeRegister();
  let catalogue = new ModelCatalogue(await storage.catalogue.list());
  upstreams.setChannels(await storage.channels.list());

  const gateway: Gateway = {
    clock,
    log,
    ledger: storage.ledger,
    usage: storage.usage,
    keys,
    tokeniser,
    admission: new AdmissionDesk(clock, { enabled: config.limitsEnabled }),
    credit: new CreditQueue(clock),
    exchanges,
    processId,
    catalogue: () => catalogue,
    upstreamsOf: (model) => upstreams.of(model),
    sha256,
    observe(record) {
      metrics.observe(record);
      log.info('request', recordFacts(record));
    },
  };

  const mirrors = {
    model: new Mirror({
      clock,
      read: () => storage.catalogue.list(),
      show: (models) => {
        catalogue = new ModelCatalogue(models);
      },
      onFailure: () => log.error('change-not-loaded', { kind: 'model' }),
    }),
    channel: new Mirror({
      clock,
      read: () => storage.channels.list(),
      show: (rows) => upstreams.setChannels(rows),
      onFailure: () => log.error('change-not-loaded', { kind: 'channel' }),
    }),
  };
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
  const identify = (credential: string | undefined) => identifyCaller(gateway, credential);
  const bodies = new BodyReader(clock);
  const apiRoutes = [
    chatCompletionsRoute({ identify, answerChat: (request) => answerChat(gateway, request), bodies }),
    ...modelRoutes({
      identify,
      models: () => catalogue.models.map(modelFacts),
      findModel: (name) => {
        const model = catalogue.find(name);
        return model === undefined ? undefined : modelFacts(model);
      },
      nowMs: clock.nowMs,
    }),
    apiKeyRoute((credential) => findKey(gateway, credential)),
    tokenizeTextRoute({
      identify,
      tokenize: (credential, bodyText) => tokenizeText(gateway, credential, bodyText),
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
    metrics: () =>
      metrics.write({
        turnpike_requests_in_flight: exchanges.count,
        process_resident_memory_bytes: process.memoryUsage.rss(),
      }),
  });

  return {
    upstreams,
    exchanges,
    models: () => catalogue.models.map(modelFacts),
    changed(change) {
      keys.invalidate(change);
      if (change.kind === 'model' || change.kind === 'channel') mirrors[change.kind].refresh();
    },
    listen: (rootRoutes) =>
      startServer({
        hostname: config.host,
        port: config.port,
        apiRoutes,
        rootRoutes: [...health, ...rootRoutes],
        clock,
        random,
        log,
      }),
    warmUp: () => void tokeniser.countSync(''),
    close() {
      for (const mirror of Object.values(mirrors)) mirror.close();
      tokeniser.close();
    },
  };
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function sha256(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex');
}

/** One log line per request: who, what, how it ended and what it cost. Never what was said. */
function recordFacts(record: RequestRecord) {
  const { usage } = record;
  return {
    request: record.requestId,
    team: record.organizationId,
    key: record.keyId,
    model: record.model,
    channel: record.channel,
    stream: record.streamed,
    outcome: record.outcome,
    status: record.httpStatus,
    code: record.failureCode,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    estimated: record.estimated,
    costTicks: String(record.costTicks),
    queuedMs: round(record.queuedMs),
    firstTokenMs: record.timeToFirstTokenMs === null ? null : round(record.timeToFirstTokenMs),
    durationMs: round(record.durationMs),
    gatewayMs: round(record.gatewayMs),
  };
}

function round(durationMs: number): number {
  return Math.round(durationMs * 1_000) / 1_000;
}

import { createHash } from 'node:crypto';
import { UNRESTRICTED_ACLS } from '../../src/domain/access.ts';
import { isFailure } from '../../src/domain/failure.ts';
import { type CatalogueModel, ModelCatalogue } from '../../src/domain/model-catalogue.ts';
import { parseAddress } from '../../src/domain/network-address.ts';
import { AdmissionDesk } from '../../src/gateway/admit.ts';
import { CreditQueue } from '../../src/gateway/credit-queue.ts';
import { ExchangeRegister } from '../../src/gateway/exchange-register.ts';
import type { Gateway, GatewayAnswer } from '../../src/gateway/gateway.ts';
import { answerChat } from '../../src/gateway/pipeline.ts';
import { RecordingRoom } from '../../src/gateway/recording-room.ts';
import { UpstreamHealth } from '../../src/gateway/upstream-health.ts';
import { writeError } from '../../src/protocol/xai-chat/error.ts';
import type { KeyRow } from '../../src/storage/key-store.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import type { RequestRecord } from '../../src/storage/usage-store.ts';
import { ManualClock } from './manual-clock.ts';
import { ScriptedUpstream } from './scripted-upstream.ts';

export const TEST_KEY = `xai-${'a'.repeat(80)}`;
export const TEAM = 'team-1';

/** $5 and $15 a million, as on the walk-through's page. */
export const WALK_THROUGH_PRICE = {
  validFromMs: 0,
  inputTicksPerToken: 50_000n,
  cachedInputTicksPerToken: 50_000n,
  imageInputTicksPerToken: 50_000n,
  audioInputTicksPerToken: 50_000n,
  outputTicksPerToken: 150_000n,
};

export function testModel(changes: Partial<CatalogueModel> = {}): CatalogueModel {
  return {
    id: 'grok-beta',
    aliases: ['grok-2'],
    inputModalities: ['text'],
    outputModalities: ['text'],
    contextTokens: 131_072,
    maximumOutputTokens: 131_072,
    limits: {},
    prices: [WALK_THROUGH_PRICE],
    createdAtMs: 0,
    ownedBy: 'xai',
    enabled: true,
    ...changes,
  };
}

export interface TestGatewayOptions {
  readonly creditTicks?: bigint;
  readonly models?: CatalogueModel[];
  readonly key?: Partial<KeyRow>;
  /** Upstreams besides the one that is preferred. */
  readonly substitutes?: ScriptedUpstream[];
}

/** The real gateway over memory storage, a clock that stands still, and an upstream that a test writes by hand. */
export async function openTestGateway(options: TestGatewayOptions = {}) {
  const clock = new ManualClock();
  const storage = openMemoryStorage();
  const upstreams = [new ScriptedUpstream(), ...(options.substitutes ?? [])];
  const [upstream] = upstreams as [ScriptedUpstream];
  const records: RequestRecord[] = [];
  const logged: { event: string; facts: unknown }[] = [];
  const listeners = new Set<() => void>();
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  let counter = 0;
  let released = 0;
  const catalogue = new ModelCatalogue(options.models ?? [testModel()]);
  const note = (event: string, facts?: unknown) => void logged.push({ event, facts });

  await storage.accounts.createUser(
    { id: 'user-1', email: 'a@b.test', name: 'A', role: 'owner', banned: false, createdAtMs: 0 },
    { id: TEAM, name: 'A', slug: 'a', personal: true, blocked: false, createdAtMs: 0 },
    { id: 'member-1', organizationId: TEAM, userId: 'user-1', role: 'owner', createdAtMs: 0 },
  );
  await storage.ledger.openWallet(TEAM, 0);
  const creditTicks = options.creditTicks ?? 250_000_000_000n;
  if (creditTicks > 0n) {
    await storage.ledger.grant({
      transactionId: 'grant-1',
      walletId: TEAM,
      amountTicks: creditTicks,
      memo: '',
      atMs: 0,
    });
  }
  await storage.keys.insert({
    id: 'key-1',
    hash: sha256(TEST_KEY),
    redacted: 'xai-...aaaa',
    name: 'test',
    organizationId: TEAM,
    userId: 'user-1',
    acls: UNRESTRICTED_ACLS,
    limits: {},
    expiresAtMs: null,
    disabled: false,
    revokedAtMs: null,
    followsKeyId: null,
    lastUsedAtMs: null,
    spendLimits: { perDayTicks: null, perMonthTicks: null },
    allowedNetworks: [],
    createdAtMs: 0,
    modifiedAtMs: 0,
    modifiedBy: 'user-1',
    ...options.key,
  });

  const gateway: Gateway = {
    clock,
    log: { info: note, warn: note, error: note },
    ledger: storage.ledger,
    usage: storage.usage,
    keys: {
      find: (hash) => storage.keys.findByHash(hash),
      subscribe: (_keyId, onChange) => {
        listeners.add(onChange);
        return () => listeners.delete(onChange);
      },
    },
    idempotency: storage.idempotency,
    recordings: new RecordingRoom(),
    tokeniser: {
      name: 'words',
      count: async (text) => ({
        tokens: [text].flat().join(' ').split(/\s+/).filter(Boolean).length,
        exact: true,
      }),
      tokens: async () => [],
    },
    admission: new AdmissionDesk(clock, { enabled: true }),
    credit: new CreditQueue(clock),
    exchanges: new ExchangeRegister(),
    processId: 'process-1',
    catalogue: () => catalogue,
    upstreamsOf: () => upstreams,
    health: new UpstreamHealth(clock),
    sha256,
    observe: (record) => void records.push(record),
  };

  return {
    clock,
    storage,
    upstream,
    gateway,
    records,
    logged,
    keyChanged: () => {
      for (const listener of listeners) listener();
    },
    /** How many open requests listen for a change of their key. */
    keyListeners: () => listeners.size,
    /** How many requests have let go of what they were given. */
    get released() {
      return released;
    },
    /** Sends one chat request; the answer's body is read by the test. */
    async ask(
      body: unknown,
      {
        signal = new AbortController().signal,
        credential = TEST_KEY as string | undefined,
        from = undefined as string | undefined,
        idempotencyKey = undefined as string | undefined,
        dialect = 'xai' as 'xai' | 'openai',
      } = {},
    ): Promise<GatewayAnswer> {
      const answer = await answerChat(gateway, {
        id: `request-${++counter}`,
        credential,
        clientAddress: () => (from === undefined ? undefined : parseAddress(from)),
        bodyText: typeof body === 'string' ? body : JSON.stringify(body),
        idempotencyKey,
        dialect,
        signal,
        arrivedMs: clock.monotonicMs(),
        onOver: () => {
          released += 1;
        },
      });
      if (!isFailure(answer)) return answer;
      const headers: Record<string, string> = {};
      if (answer.retryAfterMs !== undefined) headers['retry-after-ms'] = String(answer.retryAfterMs);
      return { status: answer.httpStatus, headers, body: writeError(answer, 'xai') };
    },
    balance: async () => {
      const balance = await storage.ledger.balance(TEAM);
      if (balance === undefined) throw new Error('no wallet');
      return balance;
    },
  };
}

export const HELLO = { model: 'grok-beta', messages: [{ role: 'user', content: 'Hello there' }] };

/** A whole answer in the OpenAI shape. */
export function wholeAnswer(content: string, usage?: object): string {
  return JSON.stringify({
    id: 'chatcmpl-x',
    object: 'chat.completion',
    created: 1,
    model: 'upstream',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    ...(usage === undefined ? {} : { usage }),
  });
}

/** One event of a stream. */
export function event(delta: object, more: object = {}, finish?: string): string {
  const choice = { index: 0, delta, ...(finish === undefined ? {} : { finish_reason: finish }) };
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice], ...more })}\n\n`;
}

/** Reads a body to its end and gives its data events, parsed; `[DONE]` stays a string. */
export async function readEventsOf(body: string | ReadableStream<Uint8Array>) {
  const text = typeof body === 'string' ? body : await new Response(body).text();
  return text
    .split('\n\n')
    .filter((part) => part.startsWith('data: '))
    .map((part) => (part === 'data: [DONE]' ? '[DONE]' : JSON.parse(part.slice(6))));
}

import type { CatalogueModel } from '../../src/domain/model-catalogue.ts';
import type { Ticks } from '../../src/domain/money.ts';
import type { TokenUsage } from '../../src/domain/usage.ts';
import type { MemberRow, OrganizationRow, UserRow } from '../../src/storage/account-store.ts';
import type { KeyRow } from '../../src/storage/key-store.ts';
import type { HoldCommand, PostCommand, RequestOrigin, VoidCommand } from '../../src/storage/ledger-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { RequestRecord } from '../../src/storage/usage-store.ts';

/** 2026-11-22, noon UTC. */
export const NOON_MS = Date.UTC(2026, 10, 22, 12);

/** A usage of `tokens` output tokens and a prompt of ten. */
export function usageOf(outputTokens: number) {
  return {
    inputTokens: 10,
    cachedInputTokens: 0,
    imageInputTokens: 0,
    audioInputTokens: 0,
    outputTokens,
    reasoningTokens: 0,
  };
}

/** What an upstream says that reports a usage as it is. */
export function reportOf({ inputTokens, cachedInputTokens, outputTokens, reasoningTokens }: TokenUsage) {
  return { inputTokens, cachedInputTokens, outputTokens, reasoningTokens };
}

/** The samples' model at a price from the beginning on, in ticks per token. */
export function priced(inputTicksPerToken: Ticks, outputTicksPerToken: Ticks): CatalogueModel {
  return {
    id: 'grok-beta',
    aliases: [],
    inputModalities: ['text'],
    outputModalities: ['text'],
    contextTokens: 8_192,
    maximumOutputTokens: 8_192,
    limits: {},
    createdAtMs: NOON_MS,
    ownedBy: 'xai',
    enabled: true,
    prices: [
      {
        validFromMs: 0,
        inputTicksPerToken,
        cachedInputTicksPerToken: inputTicksPerToken,
        imageInputTicksPerToken: inputTicksPerToken,
        audioInputTicksPerToken: inputTicksPerToken,
        outputTicksPerToken,
      },
    ],
  };
}

/**
 * What a promise rejects with, or undefined. `expect(…).rejects` of Bun 1.4 blocks the thread until the promise
 * settles, and a worker's answer cannot arrive on a blocked thread.
 */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Builds rows and commands with ids of its own, so that tests can share a storage. */
export class Samples {
  readonly #storage: Storage;
  readonly #name: string;
  #count = 0;

  constructor(storage: Storage, name: string) {
    this.#storage = storage;
    this.#name = name;
  }

  id(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#name}-${this.#count}`;
  }

  /** A wallet with credit, named after an organization that need not exist. */
  async wallet(availableTicks: bigint): Promise<string> {
    const walletId = this.id('wallet');
    await this.#storage.ledger.openWallet(walletId, NOON_MS);
    if (availableTicks > 0n) {
      const transactionId = this.id('grant');
      const grant = { transactionId, walletId, amountTicks: availableTicks, memo: 'welcome', atMs: NOON_MS };
      await this.#storage.ledger.grant(grant);
    }
    return walletId;
  }

  origin(walletId: string): RequestOrigin {
    return {
      organizationId: walletId,
      userId: 'person',
      keyId: 'key',
      model: 'grok-beta',
      channel: 'simulator',
      upstreamModel: 'simulated',
      streamed: true,
      simulated: false,
    };
  }

  hold(walletId: string, amountTicks: bigint, change: Partial<HoldCommand> = {}): HoldCommand {
    return {
      holdId: this.id('request'),
      walletId,
      amountTicks,
      minimumTicks: amountTicks,
      processId: 'process',
      origin: this.origin(walletId),
      atMs: NOON_MS,
      ...change,
    };
  }

  record(hold: Pick<HoldCommand, 'holdId' | 'origin'>, change: Partial<RequestRecord> = {}): RequestRecord {
    const usage = change.usage ?? usageOf(5);
    return {
      ...hold.origin,
      requestId: hold.holdId,
      atMs: NOON_MS,
      endpoint: 'chat',
      outcome: 'completed',
      httpStatus: 200,
      failureCode: null,
      usage,
      estimated: false,
      reported: change.estimated ? null : reportOf(usage),
      pricedFromMs: null,
      costTicks: 0n,
      uncollectedTicks: 0n,
      queuedMs: 0,
      timeToFirstTokenMs: 12.5,
      durationMs: 250.75,
      gatewayMs: 0.25,
      ...change,
    };
  }

  post(hold: HoldCommand, costTicks: bigint, change: Partial<RequestRecord> = {}): PostCommand {
    return { holdId: hold.holdId, costTicks, record: this.record(hold, change), atMs: NOON_MS + 1 };
  }

  void(hold: HoldCommand): VoidCommand {
    const record = this.record(hold, { outcome: 'failed', httpStatus: 502, usage: usageOf(0) });
    return { holdId: hold.holdId, record, atMs: NOON_MS + 1 };
  }

  user(change: Partial<UserRow> = {}): UserRow {
    const id = this.id('user');
    return {
      id,
      email: `${id}@example.test`,
      name: 'A person',
      role: 'user',
      banned: false,
      createdAtMs: NOON_MS,
      ...change,
    };
  }

  organization(change: Partial<OrganizationRow> = {}): OrganizationRow {
    const id = this.id('team');
    return { id, name: 'A team', slug: id, personal: false, blocked: false, createdAtMs: NOON_MS, ...change };
  }

  member(organization: OrganizationRow, user: UserRow, change: Partial<MemberRow> = {}): MemberRow {
    return {
      id: this.id('member'),
      organizationId: organization.id,
      userId: user.id,
      role: 'owner',
      createdAtMs: NOON_MS,
      ...change,
    };
  }

  /** A person with a personal team, stored. */
  async account(): Promise<{ user: UserRow; organization: OrganizationRow }> {
    const user = this.user();
    const organization = this.organization({ personal: true });
    await this.#storage.accounts.createUser(user, organization, this.member(organization, user));
    return { user, organization };
  }

  key(organizationId: string, userId: string, change: Partial<KeyRow> = {}): KeyRow {
    const id = this.id('key');
    return {
      id,
      hash: new Bun.CryptoHasher('sha256').update(id).digest('hex'),
      redacted: 'xai-...b14o',
      name: 'A key',
      organizationId,
      userId,
      acls: ['api-key:model:*', 'api-key:endpoint:chat'],
      limits: { requestsPerMinute: 60 },
      expiresAtMs: null,
      disabled: false,
      revokedAtMs: null,
      followsKeyId: null,
      lastUsedAtMs: null,
      spendLimits: { perDayTicks: null, perMonthTicks: null },
      allowedNetworks: [],
      createdAtMs: NOON_MS,
      modifiedAtMs: NOON_MS,
      modifiedBy: userId,
      ...change,
    };
  }
}

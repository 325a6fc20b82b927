import { UNRESTRICTED_ACLS } from '../../../src/domain/access.ts';
import type { CatalogueModel } from '../../../src/domain/model-catalogue.ts';
import type { PriceSheet } from '../../../src/domain/price.ts';
import { MemoryAccountStore } from '../../../src/storage/memory/account-store.ts';
import { MemoryCatalogueStore } from '../../../src/storage/memory/catalogue-store.ts';
import { MemoryIdempotencyStore } from '../../../src/storage/memory/idempotency-store.ts';
import { MemoryKeyStore } from '../../../src/storage/memory/key-store.ts';
import { MemoryLedgerStore } from '../../../src/storage/memory/ledger-store.ts';
import { MemoryState } from '../../../src/storage/memory/memory-state.ts';
import { MemoryUsageStore } from '../../../src/storage/memory/usage-store.ts';
import type { AccountPlan, KeyPlan, ModelPlan, Plan, SheetPlan } from '../plan/plan.ts';

/**
 * What survives every crash: the memory engine, whose commands run whole. Processes reach it through ports that park,
 * fail and lose their answers.
 */
export class DurableStorage {
  readonly state = new MemoryState();
  readonly ledger = new MemoryLedgerStore(this.state);
  readonly usage = new MemoryUsageStore(this.state);
  readonly accounts = new MemoryAccountStore();
  readonly keys = new MemoryKeyStore(this.accounts, this.state);
  readonly catalogue = new MemoryCatalogueStore();
  readonly idempotency = new MemoryIdempotencyStore();

  static async of(plan: Plan, sha256: (text: string) => string): Promise<DurableStorage> {
    const storage = new DurableStorage();
    for (const model of plan.models) await storage.catalogue.put(modelOf(model));
    for (const account of plan.accounts) await storage.#open(account, sha256);
    return storage;
  }

  async #open({ id, keys }: AccountPlan, sha256: (text: string) => string): Promise<void> {
    await this.accounts.createUser(
      { id: `user-${id}`, email: `${id}@b.test`, name: id, role: 'user', banned: false, createdAtMs: 0 },
      { id, name: id, slug: id, personal: true, blocked: false, createdAtMs: 0 },
      { id: `member-${id}`, organizationId: id, userId: `user-${id}`, role: 'owner', createdAtMs: 0 },
    );
    await this.ledger.openWallet(id);
    for (const key of keys) await this.#issue(id, key, sha256(key.text));
  }

  #issue(organizationId: string, key: KeyPlan, hash: string): Promise<void> {
    const { id, requestsInFlight, perDayTicks, perMonthTicks } = key;
    const userId = `user-${organizationId}`;
    return this.keys.insert({
      ...{ id, hash, organizationId, userId, redacted: 'xai-...', name: id, acls: UNRESTRICTED_ACLS },
      limits: { requestsInFlight },
      ...{ expiresAtMs: null, disabled: false, revokedAtMs: null, followsKeyId: null, lastUsedAtMs: null },
      ...{ spendLimits: { perDayTicks, perMonthTicks }, allowedNetworks: [] },
      ...{ createdAtMs: 0, modifiedAtMs: 0, modifiedBy: userId },
    });
  }
}

function modelOf({ id, sheet, maximumOutputTokens, limits }: ModelPlan): CatalogueModel {
  return {
    ...{
      id,
      maximumOutputTokens,
      limits,
      aliases: [],
      inputModalities: ['text'],
      outputModalities: ['text'],
    },
    ...{ contextTokens: 131_072, prices: [sheetOf(sheet, 0)], createdAtMs: 0, ownedBy: 'xai', enabled: true },
  };
}

export function sheetOf({ input, cached, output }: SheetPlan, validFromMs: number): PriceSheet {
  return {
    validFromMs,
    inputTicksPerToken: input,
    cachedInputTicksPerToken: cached,
    imageInputTicksPerToken: input,
    audioInputTicksPerToken: input,
    outputTicksPerToken: output,
  };
}

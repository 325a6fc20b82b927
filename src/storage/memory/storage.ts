import type { Storage } from '../storage.ts';
import { MemoryAccountStore } from './account-store.ts';
import { MemoryActivityStore } from './activity-store.ts';
import { MemoryAlertLetterStore } from './alert-letter-store.ts';
import { MemoryAuthStore } from './auth-store.ts';
import { MemoryCatalogueStore } from './catalogue-store.ts';
import { MemoryChannelStore } from './channel-store.ts';
import { MemoryChatStore } from './chat-store.ts';
import { MemoryCodeStore } from './code-store.ts';
import { MemoryDirectoryStore } from './directory-store.ts';
import { MemoryIdempotencyStore } from './idempotency-store.ts';
import { MemoryKeyStore } from './key-store.ts';
import { MemoryLedgerStore } from './ledger-store.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryReportStore } from './report-store.ts';
import { MemorySettingStore } from './setting-store.ts';
import { MemorySignUpStore } from './sign-up-store.ts';
import { MemoryUsageStore } from './usage-store.ts';

/**
 * A storage of plain maps that lives as long as its process: deterministic, without timers or chance, for
 * simulation and unit tests.
 */
export function openMemoryStorage(): Storage {
  const state = new MemoryState();
  const accounts = new MemoryAccountStore();
  const auth = new MemoryAuthStore(accounts);
  const catalogue = new MemoryCatalogueStore();
  return {
    engine: 'memory',
    ledger: new MemoryLedgerStore(state, (modelId) => catalogue.pricesOf(modelId)),
    usage: new MemoryUsageStore(state),
    reports: new MemoryReportStore(state),
    keys: new MemoryKeyStore(accounts, state),
    accounts,
    auth,
    directory: new MemoryDirectoryStore(accounts, state),
    catalogue,
    channels: new MemoryChannelStore(),
    settings: new MemorySettingStore(),
    activity: new MemoryActivityStore(),
    chats: new MemoryChatStore(),
    codes: new MemoryCodeStore(),
    signUps: new MemorySignUpStore(accounts, auth),
    alertLetters: new MemoryAlertLetterStore(),
    idempotency: new MemoryIdempotencyStore(),
    // Its balances are what was decided, and nothing can part them from their entries.
    rebuild: async () => {},
    check: async () => {},
    close: async () => {},
  };
}

import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Storage } from '../../storage/storage.ts';
import { StorageNotOpened, StorageUnavailable } from '../../storage/storage-error.ts';
import { type Answering, checkCatalogue, checkUpstreams } from './check-catalogue.ts';
import { checkClock } from './check-clock.ts';
import { checkFolder } from './check-folder.ts';
import { type CheckResult, found } from './check-result.ts';
import { checkRuntime } from './check-runtime.ts';

/** Whether the database could be reached from here, and if not, why. */
export type DatabaseScene =
  | { readonly kind: 'open'; readonly storage: Storage }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Another process has the folder, or there is none. */
  | { readonly kind: 'not-looked-at' };

export interface DoctorScene {
  readonly dataDir: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly database: DatabaseScene;
  /** Who has the folder's lock: the server that answers, nobody, or a process that does not answer. */
  readonly holder: 'server' | 'nobody' | { readonly pid: number | undefined };
  /** Given by a running server, which alone knows its routes. */
  readonly answering?: ((model: CatalogueModel) => Answering | undefined) | undefined;
  /** Further looks, at the files of the local engine for example. */
  readonly more?: (() => Promise<readonly CheckResult[]>) | undefined;
}

/** Looks at everything that can keep an installation from working. */
export async function diagnose(scene: DoctorScene): Promise<readonly CheckResult[]> {
  return [
    ...checkFolder(scene.dataDir),
    checkHolder(scene),
    ...(await checkDatabase(scene)),
    ...checkRuntime(scene.variables),
    ...((await scene.more?.()) ?? []),
  ];
}

function checkHolder({ holder }: DoctorScene): CheckResult {
  if (holder === 'server') return found('ok', 'server-runs', { pid: process.pid });
  if (holder === 'nobody') return found('ok', 'server-stopped', {});
  return found('problem', 'folder-held', { pid: holder.pid ?? 0 });
}

async function checkDatabase({ database, clock, answering, holder }: DoctorScene): Promise<CheckResult[]> {
  const nowMs = clock.nowMs();
  if (database.kind === 'not-looked-at')
    return [found('warning', 'database-not-looked-at', {}), ...checkClock(nowMs, [])];
  if (database.kind === 'failed') {
    const reason = database.error instanceof StorageNotOpened ? database.error.reason : 'unknown';
    return [found('problem', 'database-not-opened', { reason }), ...checkClock(nowMs, [])];
  }
  const { storage } = database;
  try {
    await storage.check();
    // A server does this by itself; here nobody waits for the disk.
    if (holder === 'nobody' && (await storage.upkeep?.isSound()) === false) return damaged();
    const models = await storage.catalogue.list();
    const channels = await storage.channels.list();
    const users = await storage.accounts.listUsers();
    return [
      found('ok', 'database-ok', { engine: storage.engine }),
      ...checkCatalogue(models, nowMs),
      ...checkUpstreams(models, channels, answering),
      ...checkClock(
        nowMs,
        [...users, ...channels].map(({ createdAtMs }) => createdAtMs),
      ),
    ];
  } catch (error) {
    if (error instanceof StorageUnavailable && error.reason === 'damaged') return damaged();
    return [found('problem', 'database-not-working', {}), ...checkClock(nowMs, [])];
  }
}

function damaged(): CheckResult[] {
  return [found('problem', 'database-damaged', {})];
}

import { expect } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { startCuttingProxy } from '../fakes/cutting-proxy.ts';
import { makeTestDatabase } from '../fakes/postgres-server.ts';
import { NOON_MS } from './samples.ts';
import { type TortureLine, TortureRecord } from './torture-lines.ts';

const CHILD = new URL('./torture-child.ts', import.meta.url).pathname;

/** Until what runs is killed: so long at most, by chance. */
const LONGEST_LIFE_MS = { sqlite: 1_500, postgres: 1_000 };

/** Also where the machine is so busy that a process has hardly begun when the time is over. */
const LEAST_KILLS = 3;

/** SQLite: the writing process is killed, and another one goes on, again and again until the time is over. */
export async function tortureSqlite(durationMs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'turnpike-torture-'));
  try {
    const path = join(folder, 'turnpike.db');
    const record = new TortureRecord();
    const endAtMs = performance.now() + durationMs;
    let kills = 0;
    do {
      const child = startChild(record, 'sqlite', path, durationMs);
      await child.begun;
      await Bun.sleep(Math.random() * LONGEST_LIFE_MS.sqlite);
      child.process.kill('SIGKILL');
      await child.ended;
      kills += 1;
    } while (kills < LEAST_KILLS || performance.now() < endAtMs);
    await judge(record, await openSqliteStorage({ path }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * PostgreSQL: two processes write; again and again the server ends connections, and the answers to commits of one of
 * them are cut off. The other one is killed at last.
 */
export async function torturePostgres(durationMs: number): Promise<void> {
  const database = await makeTestDatabase();
  const url = new URL(database.url);
  const proxy = startCuttingProxy({
    hostname: url.hostname,
    port: Number(url.port),
    ...{ word: 'COMMIT', chance: 0.15 },
  });
  url.port = String(proxy.port);
  try {
    const record = new TortureRecord();
    const children = [database.url, url.href].map((place) =>
      startChild(record, 'postgres', place, durationMs),
    );
    await Promise.all(children.map(({ begun }) => begun));
    const endAtMs = performance.now() + durationMs - LONGEST_LIFE_MS.postgres;
    while (performance.now() < endAtMs) {
      await Bun.sleep(Math.random() * LONGEST_LIFE_MS.postgres);
      await database.killConnections();
    }
    children[0]?.process.kill('SIGKILL');
    await Promise.all(children.map(({ ended }) => ended));
    expect(children[1]?.process.exitCode).toBe(0);
    expect(proxy.cuts).toBeGreaterThan(0);
    expect(record.counts.unknown).toBeGreaterThan(0);
    // Nobody is left; the database would believe it in a minute.
    await database.run(`UPDATE processes SET seen_at = '-infinity'`);
    await judge(record, await openPostgresStorage({ url: database.url }));
  } finally {
    proxy.close();
    await database.drop();
  }
}

async function judge(record: TortureRecord, storage: Storage): Promise<void> {
  try {
    await storage.ledger.expireHoldsOfOthers('the judge', NOON_MS);
    const { findings, liveHolds, lostHolds } = await storage.ledger.audit(undefined);
    expect([findings, liveHolds, lostHolds]).toEqual([[], 0, 0]);
    await record.hold(storage);
    expect(record.counts.acknowledged).toBeGreaterThan(20);
    expect(record.counts.refused).toBeGreaterThan(0);
  } finally {
    await storage.close();
  }
}

function startChild(record: TortureRecord, engine: string, place: string, durationMs: number) {
  const child = Bun.spawn([process.execPath, CHILD, engine, place, String(durationMs)], {
    stdout: 'pipe',
    stderr: 'inherit',
    timeout: durationMs + 60_000,
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const read = async () => {
    let rest = '';
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) record.note(JSON.parse(line) as TortureLine);
      begin();
    }
    begin();
    await child.exited;
  };
  return { process: child, begun, ended: read() };
}

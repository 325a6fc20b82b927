import { cpSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTurnpike } from '../candidates/turnpike.ts';
import { drawTable } from '../draw-table.ts';
import type { Programs } from '../load/build-programs.ts';
import { startMock } from '../load/mock-upstream.ts';
import { faultsOf, type Target } from '../load/run-load.ts';
import type { Workbench } from '../machine/workbench.ts';
import { type Measured, ProcessMeter } from '../measure-process.ts';
import type { Plan } from '../plan.ts';
import { spreadOf, spreadText } from '../spread.ts';
import { growthKey } from './fill-accounts.ts';
import { expectedBytes, growFile, type Size } from './grow-file.ts';

/** A file, and which of its keys call. */
interface Case extends Size {
  readonly name: string;
  /** The callers: so many keys, spread over all of them. One is the owner's own. */
  readonly callers: number;
}

interface Grown {
  readonly candidate: string;
  readonly round: number;
  readonly measured: Measured;
}

const SERVED_DATABASE = 'turnpike.db';

/** Calls of a thousand keys find them in memory; calls of a million mostly do not. */
const BUSY_KEYS = 1_000;

function casesOf(rows: number): Case[] {
  const few = (count: number) => count.toLocaleString('en-US');
  return [
    { name: '1 key', keys: 1, rows: 0, callers: 1 },
    // What many callers cost by themselves, before their file is large: each team has a wallet of its own.
    { name: '1,000 keys, all call', keys: 1_000, rows: 0, callers: BUSY_KEYS },
    { name: '10,000 keys, 1,000 of them call', keys: 10_000, rows: 0, callers: BUSY_KEYS },
    { name: '10,000 keys, all call', keys: 10_000, rows: 0, callers: 10_000 },
    { name: '1,000,000 keys, 1,000 of them call', keys: 1_000_000, rows: 0, callers: BUSY_KEYS },
    { name: '1,000,000 keys, all call', keys: 1_000_000, rows: 0, callers: 1_000_000 },
    { name: `1 key, ${few(rows)} usage rows`, keys: 1, rows, callers: 1 },
  ];
}

/** Turnpike alone, with everything on, on files of different size. */
export async function measureGrowth(
  bench: Workbench,
  programs: Programs,
  plan: Plan,
  rows: number,
  say: (line: string) => void,
): Promise<{ text: string; data: { runs: readonly Grown[]; notes: readonly string[] }; failed: boolean }> {
  const cases = casesOf(rows);
  const needed = new Map(cases.map((each) => [folderName(each), expectedBytes(each)]));
  const neededBytes = [...needed.values()].reduce((sum, bytes) => sum + bytes, 0);
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < neededBytes * 1.2) {
    throw new Error(
      `The files need ${gb(neededBytes)} GB in ${tmpdir()}, which has not so much. Name another folder in TMPDIR.`,
    );
  }
  const mock = await startMock(bench, programs.mock);
  const upstream = { baseUrl: `http://127.0.0.1:${mock.port}/v1`, caFile: undefined };
  const meter = new ProcessMeter(bench, programs, plan);
  const notes: string[] = [];
  const folders = await makeFolders(bench, cases, upstream, say, notes);

  const runs: Grown[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const each of cases) {
      const dataFolder = folders.get(folderName(each)) ?? '';
      const gateway = await startTurnpike(bench, upstream, { limits: 'raised', dataFolder });
      const target = targetOf(bench, gateway.target, each);
      await meter.measure({ ...gateway, target }, plan.warmUp);
      const measured = await meter.measure({ ...gateway, target }, plan.whole(256));
      await gateway.stop();
      runs.push({ candidate: each.name, round, measured });
      say(`round ${round + 1} of ${plan.rounds}, ${each.name}: ${measured.cpuUs?.toFixed(0)} µs a request`);
    }
  }
  const failed = runs.some(({ measured }) => faultsOf(measured.load) > 0);
  return { text: growthText(cases, runs, notes), data: { runs, notes }, failed };
}

function folderName({ keys, rows }: Size): string {
  return `${keys}-${rows}`;
}

/** One data folder, served once, and copies of it that were grown. */
async function makeFolders(
  bench: Workbench,
  cases: readonly Case[],
  upstream: { baseUrl: string; caFile: undefined },
  say: (line: string) => void,
  notes: string[],
): Promise<ReadonlyMap<string, string>> {
  const seed = bench.makeFolder('seed');
  const first = await startTurnpike(bench, upstream, { limits: 'raised', dataFolder: seed, isNew: true });
  await first.stop();
  const folders = new Map<string, string>();
  for (const each of cases) {
    if (folders.has(folderName(each))) continue;
    const folder = bench.makeFolder('data');
    cpSync(seed, folder, { recursive: true, filter: (path) => !path.endsWith('.sock') });
    const began = performance.now();
    growFile(join(folder, SERVED_DATABASE), each, say);
    folders.set(folderName(each), folder);
    const size = statSync(join(folder, SERVED_DATABASE)).size;
    const filledIn = `filled in ${((performance.now() - began) / 1_000).toFixed(0)} s`;
    const note = `The file with ${each.keys} keys and ${each.rows} usage rows: ${gb(size)} GB, ${filledIn}.`;
    notes.push(note);
    say(note);
  }
  return folders;
}

function gb(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}

/** The target with the keys that call; the owner's own is the one it has. */
function targetOf(bench: Workbench, target: Target, { keys, callers }: Case): Target {
  if (callers === 1) return target;
  const keysFile = join(bench.folder, `keys-${keys}-${callers}`);
  const every = keys / callers;
  const lines = Array.from({ length: callers }, (_, index) => `${growthKey(Math.floor(index * every))}\n`);
  writeFileSync(keysFile, lines.join(''));
  return { ...target, headers: [], keysFile };
}

function growthText(cases: readonly Case[], runs: readonly Grown[], notes: readonly string[]): string {
  const of = (name: string, read: (measured: Measured) => number | null | undefined) =>
    spreadOf(runs.filter(({ candidate }) => candidate === name).map(({ measured }) => read(measured)));
  const base = of(cases[0]?.name ?? '', ({ cpuUs }) => cpuUs)?.median;
  const rows = cases.map(({ name }) => {
    const cpu = of(name, ({ cpuUs }) => cpuUs);
    const growth =
      cpu === undefined || base === undefined ? '–' : `${((cpu.median / base - 1) * 100).toFixed(0)} %`;
    return [
      name,
      spreadText(cpu),
      growth,
      spreadText(of(name, ({ cpuUsByThread }) => cpuUsByThread.main)),
      spreadText(of(name, ({ cpuUsByThread }) => cpuUsByThread.Worker)),
      spreadText(of(name, ({ load }) => load.good)),
      String(of(name, ({ load }) => faultsOf(load))?.most ?? 0),
    ];
  });
  return [
    'CPU, µs a request (32 connections, 256 B) as the file grows',
    drawTable(['file and callers', 'CPU', 'more than 1 key', 'main', 'writer', 'answered', 'faults'], rows),
    notes.map((sentence) => `- ${sentence}`).join('\n'),
  ].join('\n\n');
}

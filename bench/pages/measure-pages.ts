import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedIn } from '../../src/identity/session.ts';
import { openTestApi, type TestApi } from '../../test/fakes/test-api.ts';
import { drawTable } from '../draw-table.ts';
import { type FilledEngine, fillPostgres, fillSqlite } from './fill-engines.ts';
import { DAY_MS, DAYS, RARE_MODEL } from './fill-rows.ts';

/** A page that takes longer is felt. */
const MARK_MS = 100;
const REPEATS = 20;

/** 2026-11-22, noon UTC. */
const END_MS = Date.UTC(2026, 10, 22, 12);

interface PageTime {
  readonly engine: string;
  readonly page: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** How long every page that reads usage takes, as its route answers it, on databases with so many requests. */
export async function measurePages(
  rows: number,
  say: (line: string) => void,
): Promise<{ text: string; data: { rows: number; times: readonly PageTime[] }; failed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'turnpike-pages-'));
  const times: PageTime[] = [];
  try {
    for (const open of [
      () => fillSqlite(folder, { rows, endMs: END_MS, say }),
      () => fillPostgres({ rows, endMs: END_MS, say }),
    ]) {
      const startedMs = performance.now();
      const engine = await open();
      if (engine === undefined) {
        say('PostgreSQL cannot be started here and is left out.');
        continue;
      }
      say(`${engine.name} is filled after ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`);
      try {
        times.push(...(await timeEngine(engine)));
      } finally {
        await engine.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const failed = times.some(({ p95Ms }) => p95Ms > MARK_MS);
  const table = drawTable(
    ['page', 'engine', 'p50 ms', 'p95 ms', `below ${MARK_MS} ms`],
    times.map(({ page, engine, p50Ms, p95Ms }) => [
      page,
      engine,
      p50Ms.toFixed(1),
      p95Ms.toFixed(1),
      p95Ms <= MARK_MS ? 'yes' : 'NO',
    ]),
  );
  return { text: table, data: { rows, times }, failed };
}

async function timeEngine({ name, storage }: FilledEngine): Promise<PageTime[]> {
  const api = openTestApi(storage);
  await api.clock.advance(END_MS - api.clock.nowMs());
  const operator = await api.person('operator@example.com', 'owner');
  const member = api.admit({
    userId: 'user-0',
    email: 'person-0@example.com',
    name: 'Person 0',
    role: 'user',
  });
  const times: PageTime[] = [];
  for (const [page, person, path] of await pages(api, member, operator)) {
    const taken: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const startedMs = performance.now();
      const { status, text } = await api.ask(person, 'GET', path);
      taken.push(performance.now() - startedMs);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    }
    taken.sort((a, b) => a - b);
    const at = (share: number) => taken[Math.ceil(share * REPEATS) - 1] ?? 0;
    times.push({ engine: name, page, p50Ms: at(0.5), p95Ms: at(0.95) });
  }
  return times;
}

type Asked = readonly [page: string, person: SignedIn, path: string];

/** Every page that reads usage, requests or credit, of the team that has half of it all. */
async function pages(api: TestApi, member: SignedIn, operator: SignedIn): Promise<Asked[]> {
  const team = '/teams/team-0';
  const first = (await api.ask(member, 'GET', `${team}/requests?limit=50`)).body;
  const longAgo = END_MS - (DAYS - 5) * DAY_MS;
  const span = (days: number, step: string) => `fromMs=${END_MS - days * DAY_MS}&toMs=${END_MS}&step=${step}`;
  const of = (person: SignedIn, listed: Readonly<Record<string, string>>): Asked[] =>
    Object.entries(listed).map(([page, path]) => [page, person, path]);
  return [
    ...of(member, {
      home: `${team}/home`,
      keys: `${team}/keys`,
      'usage, 14 days by model': `${team}/usage?${span(14, 'day')}`,
      'usage, 90 days by key': `${team}/usage?${span(90, 'day')}&groupBy=key`,
      'usage, 90 days by person': `${team}/usage?${span(90, 'day')}&groupBy=person`,
      'usage, 14 days by the hour': `${team}/usage?${span(14, 'hour')}`,
      requests: `${team}/requests`,
      'requests, next page': `${team}/requests?cursor=${first.nextCursor}`,
      'requests of a key': `${team}/requests?keyId=key-7`,
      'requests of a day long ago': `${team}/requests?fromMs=${longAgo}&toMs=${longAgo + DAY_MS}`,
      'requests that failed': `${team}/requests?result=failed`,
      'requests of a rare model': `${team}/requests?model=${RARE_MODEL}`,
      'requests that cost more': `${team}/requests?minimumCostTicks=900000000`,
      'one request': `${team}/requests/${first.rows[0].id}`,
      credit: `${team}/credit`,
      statement: `${team}/statement`,
      'statement, charges': `${team}/statement?what=charges`,
      'statement, credit only': `${team}/statement?what=credit`,
      'statement of a day long ago': `${team}/statement?fromMs=${longAgo}&toMs=${longAgo + DAY_MS}`,
    }),
    ...of(operator, {
      overview: '/operator/overview',
      channels: '/operator/channels',
      people: '/operator/people?q=person-1',
      teams: '/operator/teams?q=team-1',
      activity: '/operator/activity',
    }),
  ];
}

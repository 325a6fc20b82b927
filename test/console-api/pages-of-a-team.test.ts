import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { NOON_MS } from '../conformance/samples.ts';
import { type InhabitedApi, inhabitedApi } from './inhabited-api.ts';
import { USED_TICKS, usedRequest } from './used-request.ts';

const SIGN_UP_TICKS = 250_000_000_000n;
const DAY_MS = 86_400_000;

/** What the pages of a team are told, held against requests and credit that a test knows. */
for (const engine of ENGINES) {
  describeOn(engine, 'the pages of a team', () => {
    let opened: OpenedEngine;
    let world: InhabitedApi;
    let keyId: string;
    let base: string;
    const get = async (path: string) => (await world.api.ask(world.arthur, 'GET', base + path)).body;

    beforeAll(async () => {
      opened = await engine.open();
      world = await inhabitedApi(opened.storage, NOON_MS - DAY_MS - 7_200_000);
      base = `/teams/${world.arthur.team.id}`;
      keyId = world.arthurs.keyId ?? '';
      const key = { id: keyId, organizationId: world.arthur.team.id, userId: world.arthur.userId };
      const chat = { ...key, id: `chat:${world.arthur.userId}` };
      await usedRequest(opened.storage, key, NOON_MS - DAY_MS + 3_600_000);
      await usedRequest(opened.storage, key, NOON_MS - 60_000);
      await usedRequest(opened.storage, chat, NOON_MS - 30_000, { outcome: 'client-gone' });
    });
    afterAll(() => opened.dispose());

    test('home: today, what is usual by noon, and what is left', async () => {
      const home = await get('/home');
      expect(home.balance.availableTicks).toBe(String(SIGN_UP_TICKS - 4n * USED_TICKS));
      expect(home.balance.grantedTicks).toBe(String(SIGN_UP_TICKS));
      expect(home.today).toMatchObject({
        spentTicks: String(2n * USED_TICKS),
        // Yesterday one request came before noon and one after it.
        usualByNowTicks: String(USED_TICKS),
        requests: 2,
        failedRequests: 0,
      });
      expect(home.today.requestsByHour[11]).toBe(2);
      expect(
        home.days.map(({ day, requests }: { day: string; requests: number }) => [day, requests]),
      ).toEqual([
        ['2026-11-21', 2],
        ['2026-11-22', 2],
      ]);
      expect(home.latest).toHaveLength(4);
    });

    test('keys: what each spent, and what was spent without one', async () => {
      const { rows, spentThisMonth } = await get('/keys');
      expect(rows[0]).toMatchObject({
        spentThisMonthTicks: String(3n * USED_TICKS),
        spentTodayTicks: String(USED_TICKS),
      });
      expect(spentThisMonth).toEqual({
        keysTicks: String(3n * USED_TICKS),
        keylessTicks: String(USED_TICKS),
      });
    });

    describe('usage', () => {
      const span = `fromMs=${NOON_MS - 2 * DAY_MS}&toMs=${NOON_MS + DAY_MS}`;

      test.each([
        ['model', ['grok-beta']],
        ['person', ['arthur']],
      ])('by %s', async (groupBy, names) => {
        const usage = await get(`/usage?${span}&groupBy=${groupBy}`);
        expect(usage.groups.map(({ name }: { name: string }) => name)).toEqual(names);
        expect(usage.total).toMatchObject({ requests: 4, costTicks: String(4n * USED_TICKS) });
        expect(usage.points).toHaveLength(2);
      });

      test('by key, of one hour', async () => {
        const usage = await get(`/usage?fromMs=${NOON_MS - 3_600_000}&toMs=${NOON_MS}&step=hour&groupBy=key`);
        const groups = usage.groups.map(({ id, name }: { id: string; name: string }) => [id, name]).sort();
        expect(groups).toEqual(
          [
            [keyId, 'laptop'],
            ['chat', 'chat'],
          ].sort(),
        );
      });

      test('of the chat only', async () => {
        expect((await get(`/usage?${span}&keyId=chat`)).total.requests).toBe(1);
      });

      test('as a table', async () => {
        const { text } = await world.api.ask(world.arthur, 'GET', `${base}/usage.csv?${span}`);
        expect(text.split('\r\n')[1]).toBe(
          `2026-11-21T00:00:00.000Z,grok-beta,grok-beta,2,0,2574,0,836,0,${2n * USED_TICKS}`,
        );
      });

      test('a span that is too long is refused in words', async () => {
        const { status, body } = await world.api.ask(
          world.arthur,
          'GET',
          `${base}/usage?fromMs=0&toMs=${NOON_MS}`,
        );
        expect([status, body.error.code]).toEqual([400, 'bad-span']);
      });
    });

    describe('requests', () => {
      test('pages neither skip nor repeat while others come in', async () => {
        const key = { id: keyId, organizationId: world.ford.team.id, userId: world.ford.userId };
        const ids: string[] = [];
        for (let at = 0; at < 7; at += 1) ids.unshift(await usedRequest(opened.storage, key, NOON_MS + at));
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const next: string = cursor === null ? '' : `&cursor=${cursor}`;
          const path = `/teams/${world.ford.team.id}/requests?limit=3${next}`;
          const { body } = await world.api.ask(world.ford, 'GET', path);
          seen.push(...body.rows.map(({ id }: { id: string }) => id));
          cursor = body.nextCursor;
          await usedRequest(opened.storage, key, NOON_MS + 100);
        } while (cursor !== null);
        expect(seen).toEqual(ids);
      });

      test.each([
        ['of a key', () => `keyId=${keyId}`, 3],
        ['of the chat', () => 'keyId=chat', 1],
        ['of the console', () => 'keyId=console', 0],
        ['that the client left', () => 'result=client-left', 1],
        ['of yesterday', () => `fromMs=${NOON_MS - 1.5 * DAY_MS}&toMs=${NOON_MS - DAY_MS / 2}`, 2],
        ['since yesterday noon', () => `fromMs=${NOON_MS - DAY_MS}`, 3],
        ['before', () => `toMs=${NOON_MS - DAY_MS}`, 1],
        ['of a model', () => 'model=grok-beta', 4],
        ['of another', () => 'model=grok-vision-beta', 0],
        ['that cost as much', () => `minimumCostTicks=${USED_TICKS}`, 4],
        ['that cost more', () => `minimumCostTicks=${USED_TICKS + 1n}`, 0],
      ])('%s', async (_, query, count) => {
        expect((await get(`/requests?${query()}`)).rows).toHaveLength(count);
      });

      test('one: its times add up, its bill is exact, its hold went where it should', async () => {
        const detail = await get(`/requests/${world.arthurs.requestId}`);
        const { queuedMs, gatewayMs, firstTokenMs, answerMs, totalMs } = detail.timing;
        expect(queuedMs + gatewayMs + firstTokenMs + answerMs).toBe(totalMs);
        expect(detail.bill.lines).toEqual(
          [
            { kind: 'input', tokens: 1_287, ticksPerToken: '50000', costTicks: '64350000' },
            { kind: 'cached-input', tokens: 0, ticksPerToken: '50000', costTicks: '0' },
            { kind: 'output', tokens: 418, ticksPerToken: '150000', costTicks: '62700000' },
          ].filter(({ tokens }) => tokens > 0),
        );
        expect(detail.bill.costTicks).toBe('127050000');
        expect(
          detail.ledger.map(({ kind, amountTicks }: { kind: string; amountTicks: string }) => [
            kind,
            amountTicks,
          ]),
        ).toEqual([
          ['hold', '678750000'],
          ['charge', '127050000'],
          ['release', '551700000'],
        ]);
      });
    });

    describe('the statement', () => {
      test.each(['everything', 'charges'])('%s: the balance runs back to the first grant', async (what) => {
        let cursor: string | null = null;
        const rows: { kind: string; amountTicks: string; balanceAfterTicks: string }[] = [];
        do {
          const page: { rows: typeof rows; nextCursor: string | null } = await get(
            `/statement?what=${what}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
          );
          rows.push(...page.rows);
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(rows[0]?.balanceAfterTicks).toBe(String(SIGN_UP_TICKS - 4n * USED_TICKS));
        const charges = rows.filter(({ kind }) => kind === 'charge');
        expect(charges.map(({ balanceAfterTicks }) => BigInt(balanceAfterTicks))).toEqual(
          [4n, 3n, 2n, 1n].map((count) => SIGN_UP_TICKS - count * USED_TICKS),
        );
        if (what === 'everything') expect(rows.at(-1)?.balanceAfterTicks).toBe(String(SIGN_UP_TICKS));
      });

      test('only credit', async () => {
        const { rows } = await get('/statement?what=credit');
        expect(rows).toMatchObject([{ kind: 'grant', amountTicks: String(SIGN_UP_TICKS) }]);
      });

      test('as files, whole', async () => {
        const csv = (await world.api.ask(world.arthur, 'GET', `${base}/statement/export`)).text;
        expect(csv.trim().split('\r\n')).toHaveLength(10);
        const json = (await world.api.ask(world.arthur, 'GET', `${base}/statement/export?format=json`)).text;
        expect(JSON.parse(json)).toMatchObject({ complete: true, rows: { length: 9 } });
      });
    });
  });
}

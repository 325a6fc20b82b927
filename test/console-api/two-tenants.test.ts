import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { ApiRoute } from '../../src/http/api/api-route.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { hasForeignPart, type InhabitedApi, inhabitedApi, pathOf, sampleBody } from './inhabited-api.ts';

/**
 * Two teams, and every route there is: what one has does not exist for the other. The walk is made from the table of
 * routes, so a route that is added is walked too.
 */
/** What comes before there is anybody; whoever adds to it says so here. */
const WITHOUT_SESSION = [
  'GET /set-up',
  'POST /set-up',
  'GET /sign-up',
  'POST /sign-up',
  'POST /sign-up/request',
];

function needsSession({ method, path }: ApiRoute): boolean {
  return !WITHOUT_SESSION.includes(`${method} ${path}`);
}

for (const engine of ENGINES) {
  describeOn(engine, 'two tenants', () => {
    let opened: OpenedEngine;
    let world: InhabitedApi;

    beforeAll(async () => {
      opened = await engine.open();
      world = await inhabitedApi(opened.storage);
    });
    afterAll(() => opened.dispose());

    test('nobody is let in anywhere without a session', async () => {
      for (const route of world.api.routes.filter(needsSession)) {
        const { status, body } = await world.api.ask(undefined, route.method, pathOf(route, world.arthurs));
        expect([route.path, status, body?.error?.code]).toEqual([route.path, 401, 'not-signed-in']);
      }
    });

    test('every other route asks for a session before anything else', () => {
      for (const route of world.api.routes)
        expect([route.path, route.guards.some(({ kind }) => kind === 'anyone')]).toEqual([
          route.path,
          !needsSession(route),
        ]);
    });

    test('a stranger to a team finds nothing below it', async () => {
      const routes = world.api.routes.filter(({ path }) => path.startsWith('/teams/:teamId'));
      expect(routes.length).toBeGreaterThan(15);
      for (const route of routes) {
        const { status, body } = await world.api.ask(
          world.ford,
          route.method,
          pathOf(route, world.arthurs),
          sampleBody(route),
        );
        expect([route.path, status, body?.error?.code]).toEqual([route.path, 404, 'not-found']);
      }
    });

    test("another team's objects do not exist below one's own team", async () => {
      const routes = world.api.routes.filter(hasForeignPart);
      expect(routes.length).toBeGreaterThan(5);
      for (const route of routes) {
        const path = pathOf(route, { ...world.arthurs, teamId: world.ford.team.id });
        const { status } = await world.api.ask(world.ford, route.method, path, sampleBody(route));
        expect([route.method, route.path, status]).toEqual([route.method, route.path, 404]);
      }
    });

    test('the pages of the operator do not exist for anybody else', async () => {
      const routes = world.api.routes.filter(({ path }) => path.startsWith('/operator'));
      for (const route of routes) {
        expect(route.guards.map(({ kind }) => kind)).toContain('operator');
        const path = pathOf(route, world.arthurs);
        const { status } = await world.api.ask(world.ford, route.method, path, sampleBody(route));
        expect([route.method, route.path, status]).toEqual([route.method, route.path, 404]);
      }
    });

    test('whatever a body takes, it takes nothing besides', async () => {
      for (const route of world.api.routes.filter(({ body }) => body !== undefined)) {
        const path = pathOf(route, world.zaphods);
        const body = { ...(sampleBody(route) as object), organizationId: 'x', isAdmin: true };
        const answer = await world.api.ask(world.zaphod, route.method, path, body);
        expect([route.path, answer.status, answer.body?.error?.code]).toEqual([
          route.path,
          400,
          'unknown-field',
        ]);
      }
    });

    test('nothing that is answered holds a hash, a sealed key or a secret', async () => {
      for (const route of world.api.routes.filter(({ method }) => method === 'GET')) {
        if (route.path.endsWith('/live')) continue;
        const { status, text } = await world.api.ask(
          world.zaphod,
          'GET',
          `${pathOf(route, world.zaphods)}${world.queryOf(route)}`,
        );
        // Of some things there is none to look at.
        const isThere = !pathOf(route, world.zaphods).includes('no-such');
        expect([route.path, status]).toEqual([route.path, isThere ? 200 : 404]);
        for (const secret of world.secrets)
          expect([route.path, text.includes(secret)]).toEqual([route.path, false]);
      }
    });

    test('what Arthur had is as it was, after all that', async () => {
      const keys = await world.api.ask(world.arthur, 'GET', `/teams/${world.arthur.team.id}/keys`);
      expect(keys.body.rows.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual(
        [['laptop', 'active']],
      );
    });
  });
}

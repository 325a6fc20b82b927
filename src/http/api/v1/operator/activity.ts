import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { ActivityPage } from '../../wire/operator-installation.ts';
import { PageQuery } from '../../wire/paging.ts';

/** `/operator/activity`: what was changed, by whom, when, and how it was before. */
export function activityRoutes(ports: Pick<ApiPorts, 'activity' | 'directory'>): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/activity',
      summary: 'Every change, youngest first.',
      guards: [operator],
      query: PageQuery,
      output: ActivityPage,
      async handle({ query }) {
        const page = await ports.activity.list(query);
        const people = await ports.directory.peopleNamed(page.rows.map(({ actor }) => actor));
        return {
          rows: page.rows.map(({ id, atMs, actor, action, subject, organizationId, changes }) => {
            const person = people.find((candidate) => candidate.id === actor);
            return {
              ...{ id, atMs, action, subject, teamId: organizationId, changes: [...changes] },
              actor: { userId: person?.id ?? null, name: person?.name ?? actor },
            };
          }),
          nextCursor: page.nextCursor ?? null,
        };
      },
    }),
  ];
}

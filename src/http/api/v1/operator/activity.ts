import { beginningsOf } from '../../../../console/activity-kinds.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { ActivityPage, ActivityQuery } from '../../wire/operator-installation.ts';

/** `/operator/activity`: what was changed, by whom, when, and how it was before. */
export function activityRoutes(ports: Pick<ApiPorts, 'activity' | 'directory'>): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/activity',
      summary: 'Every change, youngest first, or those of one person, kind or time.',
      guards: [operator],
      query: ActivityQuery,
      output: ActivityPage,
      async handle({ query }) {
        const { kind, actor, fromMs, ...page } = query;
        const beginnings = kind === undefined ? undefined : beginningsOf(kind);
        const { rows, nextCursor } = await ports.activity.list({ actor, beginnings, fromMs }, page);
        const people = await ports.directory.peopleNamed(rows.map(({ actor }) => actor));
        return {
          rows: rows.map(({ id, atMs, actor, action, subject, organizationId, changes, address }) => {
            const person = people.find((candidate) => candidate.id === actor);
            return {
              ...{ id, atMs, action, subject, teamId: organizationId, changes: [...changes], address },
              actor: { userId: person?.id ?? null, name: person?.name ?? actor },
            };
          }),
          nextCursor: nextCursor ?? null,
        };
      },
    }),
  ];
}

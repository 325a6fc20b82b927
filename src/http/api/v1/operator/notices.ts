import { addNotice, listNotices, removeNotice } from '../../../../console/notices.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { NewNotice, Notice, Notices } from '../../wire/notices.ts';
import { Done } from '../../wire/scalars.ts';

/** `/operator/notices`: what everyone is told on every page. */
export function noticeRoutes(ports: Pick<ApiPorts, 'settings' | 'clock' | 'random'>): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/operator/notices',
      summary: 'All notices, those to come and those that have ended too.',
      guards: [operator],
      output: Notices,
      handle: async () => ({ rows: [...(await listNotices(ports))] }),
    }),
    route({
      method: 'POST',
      path: '/operator/notices',
      summary: 'Shows a notice to everyone.',
      guards: [operator],
      action: 'notice.create',
      body: NewNotice,
      output: Notice,
      status: 201,
      handle: ({ body }) => addNotice(ports, body),
    }),
    route({
      method: 'DELETE',
      path: '/operator/notices/:noticeId',
      summary: 'Takes a notice down.',
      guards: [operator],
      action: 'notice.remove',
      output: Done,
      handle: async ({ parameters: { noticeId = '' } }) =>
        (await removeNotice(ports, noticeId)) === undefined ? problem('not-found') : { done: true as const },
    }),
  ];
}

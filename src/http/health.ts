import { metricsClosed } from '../domain/failure.ts';
import { answerFailure } from './answer-failure.ts';
import { readCredential } from './read-credential.ts';
import type { Route } from './route.ts';

/**
 * `/healthz`: the process is alive. `/readyz`: it can serve. `/metrics`: figures for Prometheus, which show what was
 * charged and are not for everybody.
 */
export function healthRoutes(parts: {
  /** Why the server cannot serve, in one word each; empty when it can. */
  readonly obstacles: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<string>;
  readonly mayReadMetrics: (token: string | undefined) => boolean;
}): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => Response.json({ status: 'alive' }) },
    {
      method: 'GET',
      path: '/readyz',
      async handle() {
        const obstacles = await parts.obstacles();
        const isReady = obstacles.length === 0;
        return Response.json(isReady ? { status: 'ready' } : { status: 'not-ready', obstacles }, {
          status: isReady ? 200 : 503,
        });
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(request, context) {
        if (!parts.mayReadMetrics(readCredential(request.headers))) {
          return answerFailure(metricsClosed(), context);
        }
        return new Response(await parts.metrics(), {
          headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
        });
      },
    },
  ];
}

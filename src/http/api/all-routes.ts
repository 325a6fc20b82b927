import type { ApiPorts } from './api-ports.ts';
import type { ApiRoute } from './api-route.ts';
import { meRoutes } from './v1/me.ts';
import { noticeRoutes } from './v1/operator/notices.ts';
import { keyRoutes } from './v1/teams/keys.ts';
import { playgroundRoutes } from './v1/teams/playground.ts';

/** The table: everything that is served below `/api/v1`. */
export function allRoutes(ports: ApiPorts): readonly ApiRoute[] {
  return [...meRoutes(ports), ...keyRoutes(ports), ...playgroundRoutes(ports), ...noticeRoutes(ports)];
}

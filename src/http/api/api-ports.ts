import type { ConsolePorts } from '../../console/console-ports.ts';
import type { IdentityPorts } from '../../identity/identity-ports.ts';
import type { DirectoryStore } from '../../storage/directory-store.ts';
import type { ApiCall } from './api-route.ts';
import type { PlaygroundPorts } from './v1/teams/playground.ts';
import type { Me } from './wire/me.ts';

/** What the routes of pages are built from. Each file names the part it needs. */
export interface ApiPorts extends Omit<ConsolePorts & IdentityPorts, 'actor'>, PlaygroundPorts {
  readonly directory: DirectoryStore;
  /** What pages are told about the installation; `request` knows under which address it was reached. */
  installation(request: Request): Me['installation'];
}

/** The ports of use-cases, with the person who is asking as the one who did it. */
export function actingAs<Ports extends object>(
  ports: Ports,
  { signedIn }: Pick<ApiCall, 'signedIn'>,
): Ports & { readonly actor: string } {
  return { ...ports, actor: signedIn.userId };
}

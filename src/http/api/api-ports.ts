import type { ConversePorts } from '../../chat/converse.ts';
import type { ConsolePorts } from '../../console/console-ports.ts';
import type { LatencyBook } from '../../console/latency-book.ts';
import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import type { AdmissionDesk } from '../../gateway/admit.ts';
import type { Trouble } from '../../gateway/upstream-health.ts';
import type { IdentityPorts } from '../../identity/identity-ports.ts';
import type { Passwords } from '../../identity/sign-in/passwords.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LetterOffice } from '../../ports/mailer.ts';
import type { ActivityStore } from '../../storage/activity-store.ts';
import type { AuthStore } from '../../storage/auth-store.ts';
import type { ChannelRow } from '../../storage/channel-store.ts';
import type { DirectoryStore } from '../../storage/directory-store.ts';
import type { Dial } from '../../upstream/dial.ts';
import type { LocalModelDesk } from '../../upstream/local-engine/local-model-desk.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import type { ModelFacts } from '../present-model.ts';
import type { ApiCall } from './api-route.ts';
import type { LiveAnswers } from './event-stream.ts';
import type { UpkeepPorts } from './v1/operator/upkeep.ts';
import type { PlaygroundPorts } from './v1/teams/playground.ts';
import type { Me } from './wire/me.ts';
import type { Setting } from './wire/operator-installation.ts';
import type { Overview } from './wire/operator-overview.ts';
import type { SignInWays } from './wire/sign-in-ways.ts';

/** What the routes of pages are built from. Each file names the part it needs. */
export interface ApiPorts extends Omit<ConsolePorts & IdentityPorts, 'actor' | 'clock'>, PlaygroundPorts {
  readonly auth: AuthStore;
  readonly passwords: Passwords;
  /** Begins a session for somebody who was just made: the lines of its cookies; none when it could not be. */
  signInAs(
    credentials: { readonly email: string; readonly password: string },
    call: Pick<ApiCall, 'request' | 'clientAddress'>,
  ): Promise<readonly string[]>;
  /** Who else may say who somebody is, by the name that people know. */
  readonly signInProviders: SignInWays['providers'];
  /** Letters, and the server's name in them. */
  readonly mail: LetterOffice | undefined;
  /** Where people reach the server, whatever a request calls it. */
  ownUrl(): string;
  /** What the environment sets of what could be set here, by the name in the store. */
  readonly fixedSettings: ReadonlyMap<string, string>;
  readonly directory: DirectoryStore;
  readonly clock: Clock;
  readonly latency: LatencyBook;
  /** The upstreams that have failed and not answered since. */
  troubles(): readonly Trouble[];
  readonly live: LiveAnswers;
  readonly chat: ConversePorts;
  /** The models that are offered, and what answers each in this moment. */
  models(): readonly (ModelFacts & { readonly upstream: string })[];
  /** What is left of a team's limits for a model, as this process has counted. */
  limitsLeft(organizationId: string, model: CatalogueModel): ReturnType<AdmissionDesk['left']>;
  readonly activity: ActivityStore;
  readonly upkeepTasks: UpkeepPorts;
  /** What the environment can set, and whether it does. */
  environmentSettings(): Setting[];
  /** The upstream of a channel as it is stored; undefined when its key cannot be opened here. */
  upstreamOf(channel: ChannelRow): Upstream | undefined;
  /** Tries upstreams that are no channels yet. */
  readonly dial: Dial;
  readonly localModel: Pick<LocalModelDesk, 'state' | 'begin' | 'pause' | 'cancel'>;
  /** What the process and its machine are like now. */
  machine(): Promise<Pick<Overview, 'openRequests' | 'database' | 'disk' | 'version' | 'startedAtMs'>>;
  /** What pages are told about the installation; `request` knows under which address it was reached. */
  installation(request: Request): Promise<Me['installation']>;
}

/** The ports of use-cases, with the person who is asking as the one who did it. */
export function actingAs<Ports extends object>(
  ports: Ports,
  { signedIn }: Pick<ApiCall, 'signedIn'>,
): Ports & { readonly actor: string } {
  return { ...ports, actor: signedIn.userId };
}

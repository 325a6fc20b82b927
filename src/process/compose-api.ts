import type { ConversePorts } from '../chat/converse.ts';
import { preferencesOf } from '../console/preferences.ts';
import { allRoutes } from '../http/api/all-routes.ts';
import { createApi } from '../http/api/api-app.ts';
import type { ApiPorts } from '../http/api/api-ports.ts';
import { LiveAnswers } from '../http/api/event-stream.ts';
import { ownBaseUrl } from '../http/own-base-url.ts';
import type { Subtree } from '../http/server.ts';
import { personFault } from '../identity/person-fault.ts';
import { readRegistration } from '../identity/registration/registration-settings.ts';
import type { ReadSession } from '../identity/session.ts';
import type { Log } from '../ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import { dial } from '../upstream/dial.ts';
import type { CommandContext } from './commands/command-context.ts';
import type { Program } from './compose.ts';
import { shownProviders } from './compose-sign-in.ts';
import { composeUpkeep } from './compose-upkeep.ts';
import type { Config } from './config.ts';
import { describeMachine } from './describe-machine.ts';
import { isSimulated } from './describe-program.ts';
import { describeSettings } from './describe-settings.ts';
import { systemClock } from './system-clock.ts';
import { VERSION } from './version.ts';

export interface ApiFoundations {
  readonly config: Config;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly storage: Storage;
  readonly log: Log;
  /** What commands work with; pages use the same use-cases. */
  readonly context: CommandContext;
  readonly program: Program;
  readonly chat: ConversePorts;
  readonly readSession: ReadSession;
  readonly signInAs: ApiPorts['signInAs'];
  /** Where the server is reached when a request does not say. */
  readonly configuredUrl: () => string;
}

/** Builds the API of the pages. */
export function composeApi({
  config,
  environment,
  storage,
  log,
  context,
  program,
  chat,
  readSession,
  signInAs,
  configuredUrl,
}: ApiFoundations): Subtree {
  const { actor: _, ...ports } = context;
  const routes = allRoutes({
    ...ports,
    chat,
    signInAs,
    signInProviders: shownProviders(config.providers),
    directory: storage.directory,
    answerPerson: program.answerPerson,
    bodies: program.bodies,
    clock: systemClock,
    latency: program.latency,
    troubles: program.troubles,
    live: new LiveAnswers(),
    models: program.models,
    activity: storage.activity,
    upkeepTasks: composeUpkeep(context, log),
    environmentSettings: () => describeSettings(environment),
    dial,
    localModel: program.localModel,
    upstreamOf: (row) => program.upstreams.ofChannel(row),
    machine: () => describeMachine(config, storage.engine, program.exchanges.count),
    limitsLeft: program.limitsLeft,
    callerOf({ signedIn: { userId }, team, request }, door) {
      // The session's cookie is read again whenever somebody's session has ended, also when the request is long over.
      const headers = new Headers(request.headers);
      const fault = () => personFault(storage, team.id, userId, () => readSession(headers));
      return { door, userId, organizationId: team.id, fault };
    },
    async installation(request) {
      const host = request.headers.get('host') ?? undefined;
      const forwardedProtocol = request.headers.get('x-forwarded-proto') ?? undefined;
      const baseUrl = ownBaseUrl({ host, forwardedProtocol }, configuredUrl());
      return {
        version: VERSION,
        baseUrls: { xai: `${baseUrl}/v1`, openai: `${baseUrl}/openai/v1` },
        isSimulated: isSimulated(program),
        registration: (await readRegistration(context.settings)).mode,
        limitsEnabled: config.limitsEnabled,
      };
    },
  });
  const answer = createApi({
    routes,
    readSession,
    directory: storage.directory,
    languageOf: async (userId) => (await preferencesOf(storage, userId)).language ?? undefined,
    ownOrigins: config.publicUrl === undefined ? [] : [config.publicUrl],
    version: VERSION,
    activity: storage.activity,
    random: ports.random,
    clock: systemClock,
    log,
  });
  return { prefix: '/api/v1/', handle: answer };
}

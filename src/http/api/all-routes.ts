import type { ApiPorts } from './api-ports.ts';
import type { ApiRoute } from './api-route.ts';
import { answerRoutes } from './v1/chat/answers.ts';
import { chatRoutes } from './v1/chat/chats.ts';
import { meRoutes } from './v1/me.ts';
import { myInvitationRoutes } from './v1/my-invitations.ts';
import { activityRoutes } from './v1/operator/activity.ts';
import { catalogueRoutes } from './v1/operator/catalogue.ts';
import { channelRoutes } from './v1/operator/channels.ts';
import { operatorCodeRoutes } from './v1/operator/codes.ts';
import { connectRoutes } from './v1/operator/connect.ts';
import { localModelRoutes } from './v1/operator/local-model.ts';
import { noticeRoutes } from './v1/operator/notices.ts';
import { overviewRoutes } from './v1/operator/overview.ts';
import { peopleRoutes } from './v1/operator/people.ts';
import { personSignInRoutes } from './v1/operator/person-sign-in.ts';
import { registrationRoutes } from './v1/operator/registration.ts';
import { settingRoutes } from './v1/operator/settings.ts';
import { upkeepRoutes } from './v1/operator/upkeep.ts';
import { passkeyRoutes } from './v1/passkeys.ts';
import { securityRoutes } from './v1/security.ts';
import { setUpRoutes } from './v1/set-up.ts';
import { signUpRoutes } from './v1/sign-up.ts';
import { alertRoutes } from './v1/teams/alerts.ts';
import { codeRoutes } from './v1/teams/codes.ts';
import { firstCallRoutes } from './v1/teams/first-call.ts';
import { homeRoutes } from './v1/teams/home.ts';
import { teamInvitationRoutes } from './v1/teams/invitations.ts';
import { keyRoutes } from './v1/teams/keys.ts';
import { modelRoutes } from './v1/teams/models.ts';
import { playgroundRoutes } from './v1/teams/playground.ts';
import { requestRoutes } from './v1/teams/requests.ts';
import { statementRoutes } from './v1/teams/statement.ts';
import { teamRoutes } from './v1/teams/team.ts';
import { usageRoutes } from './v1/teams/usage.ts';

/** The table: everything that is served below `/api/v1`. */
export function allRoutes(ports: ApiPorts): readonly ApiRoute[] {
  return [
    ...setUpRoutes(ports),
    ...signUpRoutes(ports),
    ...meRoutes(ports),
    ...myInvitationRoutes(ports),
    ...securityRoutes(ports),
    ...passkeyRoutes(ports),
    ...teamRoutes(ports),
    ...teamInvitationRoutes(ports),
    ...homeRoutes(ports),
    ...keyRoutes(ports),
    ...firstCallRoutes(ports),
    ...usageRoutes(ports),
    ...requestRoutes(ports),
    ...statementRoutes(ports),
    ...alertRoutes(ports),
    ...codeRoutes(ports),
    ...modelRoutes(ports),
    ...playgroundRoutes(ports),
    ...chatRoutes(ports),
    ...answerRoutes(ports),
    ...overviewRoutes(ports),
    ...peopleRoutes(ports),
    ...personSignInRoutes(ports),
    ...channelRoutes(ports),
    ...connectRoutes(ports),
    ...localModelRoutes(ports),
    ...catalogueRoutes(ports),
    ...operatorCodeRoutes(ports),
    ...noticeRoutes(ports),
    ...settingRoutes(ports),
    ...registrationRoutes(ports),
    ...upkeepRoutes(ports.upkeepTasks),
    ...activityRoutes(ports),
  ];
}

import { clientSettings } from '../../../../console/client-settings/client-settings.ts';
import { sleep } from '../../../../ports/clock.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { answerEvents } from '../../event-stream.ts';
import { memberOf } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { ClientSettingsList } from '../../wire/client-settings.ts';
import { namesOf, presentRequest } from './present-request.ts';

/** As soon as somebody who has just pressed Enter looks at the page. */
const LOOK_MS = 500;

type FirstCallPorts = Pick<ApiPorts, 'reports' | 'keys' | 'clock' | 'live' | 'models' | 'installation'>;

/** What stands between a new key and its first answer: settings to copy, and a page that waits. */
export function firstCallRoutes(ports: FirstCallPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/client-settings',
      summary: 'How clients are pointed here; a name stands where the key belongs.',
      guards: [memberOf()],
      output: ClientSettingsList,
      async handle({ request }) {
        const { baseUrls } = await ports.installation(request);
        const baseUrl = baseUrls.xai.replace(/\/v1$/, '');
        const models = ports.models().map(({ model }) => model.id);
        const rows = clientSettings(baseUrl, models).map((settings) =>
          settings.kind === 'text' ? settings : { ...settings, fields: [...settings.fields] },
        );
        return { rows };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/keys/:keyId/first-request',
      summary: 'Waits for the first request of a key: one event named `request`, a row as in the list.',
      guards: [memberOf()],
      output: 'text/event-stream',
      async handle(call) {
        const { team, parameters } = call;
        const keys = await ports.keys.list(team.id);
        const key = keys.find(({ id }) => id === parameters.keyId);
        if (key === undefined) return problem('not-found');
        call.mayTakeLong();
        // Whether it came before the page was opened or between two of its connections does not matter.
        return answerEvents(ports, call, async (send, signal) => {
          const filter = { organizationId: team.id, keyId: key.id };
          while (!signal.aborted) {
            const { rows } = await ports.reports.requests(filter, { limit: 1 });
            const [first] = rows;
            if (first !== undefined)
              return send('request', presentRequest(first, namesOf(keys)), first.requestId);
            await sleep(ports.clock, LOOK_MS, signal);
          }
        });
      },
    }),
  ];
}

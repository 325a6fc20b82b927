import { sleep } from '../../../../ports/clock.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { answerEvents } from '../../event-stream.ts';
import { operator } from '../../guards.ts';
import { LocalModel, LocalModelOrder } from '../../wire/local-model.ts';

/** As often as a bar needs to move. */
const LOOK_MS = 250;

/** `/operator/local-model`: a small model that is fetched once and runs on this machine. */
export function localModelRoutes(
  ports: Pick<ApiPorts, 'localModel' | 'clock' | 'live'>,
): readonly ApiRoute[] {
  const { localModel, clock } = ports;
  return [
    route({
      method: 'GET',
      path: '/operator/local-model',
      summary: 'How the model on this machine stands.',
      guards: [operator],
      output: LocalModel,
      handle: () => localModel.state,
    }),
    route({
      method: 'POST',
      path: '/operator/local-model',
      summary: 'Fetches and starts the model, pauses the fetch, or gives it up.',
      guards: [operator],
      action: 'local-model.order',
      body: LocalModelOrder,
      output: LocalModel,
      async handle({ body: { order }, note }) {
        note({ subject: 'local' });
        await localModel[order]();
        return localModel.state;
      },
    }),
    route({
      method: 'GET',
      path: '/operator/local-model/live',
      summary: 'The same as it changes, as events named `state`.',
      guards: [operator],
      output: 'text/event-stream',
      handle(call) {
        call.mayTakeLong();
        return answerEvents(ports, call, async (send, signal) => {
          let sent: typeof localModel.state | undefined;
          while (!signal.aborted) {
            if (sent !== localModel.state) {
              sent = localModel.state;
              await send('state', LocalModel.parse(sent));
            }
            await sleep(clock, LOOK_MS, signal);
          }
        });
      },
    }),
  ];
}

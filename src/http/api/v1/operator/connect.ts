import { connectUpstream } from '../../../../console/connect/connect-upstream.ts';
import { findNearby } from '../../../../console/connect/find-nearby.ts';
import { probeUpstream } from '../../../../console/connect/probe-upstream.ts';
import { readPasted } from '../../../../console/connect/read-pasted.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { answerEvents } from '../../event-stream.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { refusalSentence } from '../../problem-sentences.ts';
import {
  Connected,
  NearbyServers,
  NewConnection,
  PastedText,
  ProbeEvent,
} from '../../wire/operator-connect.ts';
import { presentProbe } from './present-probe.ts';

type ConnectPorts = Pick<
  ApiPorts,
  'channels' | 'catalogue' | 'clock' | 'random' | 'changed' | 'seal' | 'dial' | 'live'
>;

/** `/operator/connect`: from what a person has pasted to a channel that answers. */
export function connectRoutes(ports: ConnectPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'POST',
      path: '/operator/connect/probe',
      summary: 'Finds out what was pasted and tries it once; each step is an event as it happens.',
      guards: [operator],
      body: PastedText,
      output: 'text/event-stream',
      handle(call) {
        const { pasted: text, provider, key, model } = call.body;
        const pasted = readPasted({ text, provider, key });
        call.mayTakeLong();
        return answerEvents(ports, call, async (send, signal) => {
          const tell = (event: ProbeEvent) => send('probe', ProbeEvent.parse(event));
          if (pasted.kind === 'unclear') {
            const candidates = pasted.candidates.map(({ id, label }) => ({ id, label }));
            await tell({ kind: 'unclear', why: pasted.why, candidates });
            return;
          }
          const named = { ...pasted, model: model ?? pasted.model };
          await probeUpstream(ports, named, (event) => tell(presentProbe(event)), signal);
        });
      },
    }),
    route({
      method: 'POST',
      path: '/operator/connect',
      summary: 'Connects what was pasted: a channel, and models of what the catalogue does not have yet.',
      guards: [operator],
      action: 'channel.create',
      body: NewConnection,
      output: Connected,
      status: 201,
      async handle({ body, note, language }) {
        const { pasted: text, provider, key, name, routes, additions, inputModalities } = body;
        note({ subject: name });
        const upstream = readPasted({ text, provider, key });
        if (upstream.kind === 'unclear') return problem('bad-field', { field: 'pasted' });
        const connected = await connectUpstream(ports, {
          ...{ upstream, name, routes, inputModalities },
          additions: additions.map(({ inputTicksPerToken, outputTicksPerToken, ...model }) => ({
            ...model,
            prices: { input: BigInt(inputTicksPerToken), output: BigInt(outputTicksPerToken) },
          })),
        });
        if (isRefusal(connected)) return connected;
        const notAdded = connected.notAdded.map(({ model, refusal }) => ({
          model,
          message: refusalSentence(refusal, language),
        }));
        return { channelId: connected.channel.id, name: connected.channel.name, notAdded };
      },
    }),
    route({
      method: 'GET',
      path: '/operator/connect/nearby',
      summary: 'Servers of models on the usual ports of this machine.',
      guards: [operator],
      output: NearbyServers,
      async handle({ request }) {
        const found = await findNearby(ports, request.signal);
        return { rows: found.map(({ label, baseUrl, models }) => ({ label, baseUrl, models: [...models] })) };
      },
    }),
  ];
}

import type { Failure } from '../../../../domain/failure.ts';
import { isFailure } from '../../../../domain/failure.ts';
import type { GatewayAnswer, GatewayRequest, PersonCaller } from '../../../../gateway/gateway.ts';
import { answerFailure } from '../../../answer-failure.ts';
import type { BodyReader } from '../../../read-body.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';

/** Calls the gateway's pipeline as a person: with the team's own credit and limits, and without a key. */
export type AnswerPerson = (
  request: Omit<GatewayRequest, 'credential' | 'keyHash' | 'person'> & { readonly person: PersonCaller },
) => Promise<GatewayAnswer | Failure>;

export interface PlaygroundPorts {
  readonly answerPerson: AnswerPerson;
  /** The person who is asking, for as long as their session lasts. */
  readonly callerOf: (call: ApiCall, door: PersonCaller['door']) => PersonCaller;
  /** The gateway's own, so that a body has the same room here as at `/v1`. */
  readonly bodies: BodyReader;
}

/**
 * `/teams/:teamId/playground`: the same call as `/v1/chat/completions`, answered byte for byte as there, errors too;
 * only the caller is the person who is signed in.
 */
export function playgroundRoutes({ answerPerson, callerOf, bodies }: PlaygroundPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'POST',
      path: '/teams/:teamId/playground/chat/completions',
      summary: "A chat completion as at /v1, with the team's credit and limits and without a key.",
      guards: [memberOf('owner', 'administrator', 'member')],
      output: 'application/json',
      async handle(call) {
        const context = { requestId: call.requestId, dialect: 'xai' as const };
        const body = await bodies.read(call.request);
        if (isFailure(body)) return answerFailure(body, context);
        call.mayTakeLong();
        const answer = await answerPerson({
          id: call.requestId,
          person: callerOf(call, 'console'),
          clientAddress: call.clientAddress,
          bodyText: body.text,
          dialect: 'xai',
          signal: call.request.signal,
          onOver: body.release,
          arrivedMs: call.arrivedMs,
        });
        if (isFailure(answer)) return answerFailure(answer, context);
        return new Response(answer.body, { status: answer.status, headers: answer.headers });
      },
    }),
  ];
}

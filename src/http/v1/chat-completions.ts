import { type Failure, isFailure } from '../../domain/failure.ts';
import type { GatewayAnswer, GatewayRequest } from '../../gateway/gateway.ts';
import { answerFailure } from '../answer-failure.ts';
import { CORS_HEADERS } from '../cors.ts';
import type { BodyReader } from '../read-body.ts';
import { readCredential } from '../read-credential.ts';
import type { Route } from '../route.ts';

/** What the route hands its request through. */
export interface ChatRouteParts {
  /** Whether the key may be used at all; the gateway looks at it again. */
  identify(credential: string | undefined): Promise<unknown | Failure>;
  answerChat(request: GatewayRequest): Promise<GatewayAnswer | Failure>;
  readonly bodies: BodyReader;
}

/** `POST /v1/chat/completions`: a key → a body within its limits → the gateway. Strangers fill no memory. */
export function chatCompletionsRoute({ identify, answerChat, bodies }: ChatRouteParts): Route {
  return {
    method: 'POST',
    path: '/chat/completions',
    async handle(request, context) {
      const credential = readCredential(request.headers);
      const caller = await identify(credential);
      if (isFailure(caller)) return answerFailure(caller, context);
      const body = await bodies.read(request);
      if (isFailure(body)) return answerFailure(body, context);
      context.mayTakeLong();
      const answer = await answerChat({
        id: context.requestId,
        credential,
        bodyText: body.text,
        dialect: context.dialect,
        signal: request.signal,
        onOver: body.release,
        arrivedMs: context.arrivedMs,
      });
      if (isFailure(answer)) return answerFailure(answer, context);
      return new Response(answer.body, {
        status: answer.status,
        headers: { ...answer.headers, ...CORS_HEADERS },
      });
    },
  };
}

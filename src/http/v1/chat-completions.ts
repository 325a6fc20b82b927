import { type Failure, isFailure } from '../../domain/failure.ts';
import type { GatewayAnswer, GatewayRequest, PresentedKey } from '../../gateway/gateway.ts';
import type { RequestTrace } from '../../gateway/request-trace.ts';
import { answerFailure } from '../answer-failure.ts';
import { CORS_HEADERS } from '../cors.ts';
import type { BodyReader } from '../read-body.ts';
import { readPresentedKey } from '../read-credential.ts';
import type { Route, RouteContext } from '../route.ts';

/** What the route hands its request through. */
export interface ChatRouteParts {
  /** Whether the key may be used at all; the gateway looks at it again. */
  identify(presented: PresentedKey): unknown | Failure | Promise<unknown | Failure>;
  answerChat(request: GatewayRequest): Promise<GatewayAnswer | Failure>;
  readonly bodies: BodyReader;
  /** Begins to trace a request; absent when nobody wants to know. */
  readonly startTrace?: ((request: Request, context: RouteContext) => RequestTrace) | undefined;
}

/** `POST /v1/chat/completions`: a key → a body within its limits → the gateway. Strangers fill no memory. */
export function chatCompletionsRoute({ identify, answerChat, bodies, startTrace }: ChatRouteParts): Route {
  return {
    method: 'POST',
    path: '/chat/completions',
    namesAnswers: true,
    async handle(request, context) {
      const presented = readPresentedKey(request, context);
      const found = identify(presented);
      const caller = found instanceof Promise ? await found : found;
      if (isFailure(caller)) return answerFailure(caller, context);
      const body = await bodies.read(request);
      if (isFailure(body)) return answerFailure(body, context);
      context.mayTakeLong();
      const answer = await answerChat({
        id: context.requestId,
        credential: presented.credential,
        clientAddress: presented.clientAddress,
        keyHash: presented.keyHash,
        bodyText: body.text,
        idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
        dialect: context.dialect,
        signal: request.signal,
        onOver: body.release,
        arrivedMs: context.arrivedMs,
        trace: startTrace?.(request, context),
      });
      if (isFailure(answer)) return answerFailure(answer, context);
      return new Response(answer.body, {
        status: answer.status,
        headers: Object.assign(answer.headers, CORS_HEADERS),
      });
    },
  };
}

import { type Failure, isFailure } from '../../domain/failure.ts';
import type { PresentedKey } from '../../gateway/gateway.ts';
import type { Tokenization } from '../../gateway/tokenize-text.ts';
import { answerFailure, answerJson } from '../answer-failure.ts';
import type { BodyReader } from '../read-body.ts';
import { readPresentedKey } from '../read-credential.ts';
import type { Route } from '../route.ts';

/** What the route hands its request through. */
export interface TokenizeRouteParts {
  /** Whether the key may be used at all; the gateway looks at it again. */
  identify(presented: PresentedKey): unknown | Failure | Promise<unknown | Failure>;
  tokenize(presented: PresentedKey, bodyText: string): Promise<Tokenization | Failure>;
  readonly bodies: BodyReader;
}

/** `POST /v1/tokenize-text`. A count that is not by the model's own tokeniser says so in a header. */
export function tokenizeTextRoute({ identify, tokenize, bodies }: TokenizeRouteParts): Route {
  return {
    method: 'POST',
    path: '/tokenize-text',
    async handle(request, context) {
      const presented = readPresentedKey(request, context);
      const caller = await identify(presented);
      if (isFailure(caller)) return answerFailure(caller, context);
      const body = await bodies.read(request);
      if (isFailure(body)) return answerFailure(body, context);
      try {
        const result = await tokenize(presented, body.text);
        if (isFailure(result)) return answerFailure(result, context);
        const response = answerJson({ token_ids: result.tokens.map(presentToken) }, context);
        // A model may be named after a file, and a file after anything; a header is visible ASCII.
        response.headers.set('x-turnpike-tokeniser', result.tokeniser.replace(/[^\x21-\x7e]/g, '?'));
        if (!result.isExact) response.headers.set('x-turnpike-estimated', 'true');
        return response;
      } finally {
        body.release();
      }
    },
  };
}

function presentToken({ id, text, bytes }: Tokenization['tokens'][number]) {
  return { token_id: id, string_token: text, token_bytes: bytes };
}

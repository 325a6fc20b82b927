import { type Failure, invalidField, isFailure, malformedJson, overloaded } from '../domain/failure.ts';
import { isJsonObject, parseJson } from '../protocol/parse-json.ts';
import type { Token } from '../upstream/upstream.ts';
import { checkEndpoint, findModel } from './check-access.ts';
import type { Gateway, PresentedKey } from './gateway.ts';
import { identifyCaller } from './identify-caller.ts';

/** The longest text that is taken apart in one call. */
const TEXT_CHARACTERS = 1_000_000;

export interface Tokenization {
  readonly tokens: readonly Token[];
  /** False when the model's own tokeniser is not known here and the named one was used instead. */
  readonly isExact: boolean;
  readonly tokeniser: string;
}

/** `POST /v1/tokenize-text`: the tokens of a text as the model that answers sees them. Costs nothing. */
export async function tokenizeText(
  gateway: Gateway,
  presented: PresentedKey,
  bodyText: string,
): Promise<Tokenization | Failure> {
  const caller = await identifyCaller(gateway, presented);
  if (isFailure(caller)) return caller;
  const denied = checkEndpoint(caller, 'tokenize');
  if (denied !== undefined) return denied;

  const parsed = parseJson(bodyText);
  if (!parsed.ok) return malformedJson(parsed.why);
  if (!isJsonObject(parsed.value)) return malformedJson('the body must be a JSON object.');
  const { text, model: name } = parsed.value;
  if (typeof text !== 'string') return invalidField('text', 'must be a string');
  if (text.length > TEXT_CHARACTERS)
    return invalidField('text', `must have at most ${TEXT_CHARACTERS} characters`);
  if (typeof name !== 'string') return invalidField('model', 'must be the name of a model');

  const model = findModel(gateway.catalogue(), caller, name);
  if (isFailure(model)) return model;
  const upstream = gateway.upstreamsOf(model)[0];
  if (upstream?.tokenize !== undefined) {
    try {
      return {
        tokens: await upstream.tokenize(text),
        isExact: true,
        tokeniser: upstream.upstreamModel(model.id),
      };
    } catch {
      gateway.log.warn('text-not-tokenised', { upstream: upstream.name });
    }
  }
  try {
    return {
      tokens: await gateway.tokeniser.tokens(text),
      isExact: false,
      tokeniser: gateway.tokeniser.name,
    };
  } catch {
    return overloaded();
  }
}

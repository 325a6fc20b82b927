import { mayUseEndpoint, mayUseModel } from '../../domain/access.ts';
import { endpointDenied, type Failure, isFailure, unknownModel } from '../../domain/failure.ts';
import type { PresentedKey } from '../../gateway/gateway.ts';
import type { KeyWithOwner } from '../../storage/key-store.ts';
import { answerFailure, answerJson } from '../answer-failure.ts';
import { type ModelFacts, presentLanguageModel, presentModel } from '../present-model.ts';
import { readPresentedKey } from '../read-credential.ts';
import type { Route, RouteContext } from '../route.ts';

export interface ModelRouteParts {
  identify(presented: PresentedKey): KeyWithOwner | Failure | Promise<KeyWithOwner | Failure>;
  /** All models of the catalogue that are switched on. */
  models(): readonly ModelFacts[];
  /** By id or alias. */
  findModel(name: string): ModelFacts | undefined;
  nowMs(): number;
}

/** `GET /v1/models`, `/v1/language-models` and each of them by id: the models that this key may use. */
export function modelRoutes(parts: ModelRouteParts): Route[] {
  return [
    listRoute(parts, '/models', (models) => ({
      data: models.map((facts) => presentModel(facts, parts.nowMs())),
      object: 'list',
    })),
    itemRoute(parts, '/models/:id', presentModel),
    listRoute(parts, '/language-models', (models) => ({
      models: models.map((facts) => presentLanguageModel(facts, parts.nowMs())),
    })),
    itemRoute(parts, '/language-models/:id', presentLanguageModel),
  ];
}

async function callerOf(
  parts: ModelRouteParts,
  request: Request,
  context: RouteContext,
): Promise<KeyWithOwner | Failure> {
  const caller = await parts.identify(readPresentedKey(request, context));
  return isFailure(caller) || mayUseEndpoint(caller.acls, 'models') ? caller : endpointDenied('models');
}

function listRoute(
  parts: ModelRouteParts,
  path: string,
  present: (models: readonly ModelFacts[]) => unknown,
): Route {
  return {
    method: 'GET',
    path,
    async handle(request, context) {
      const caller = await callerOf(parts, request, context);
      if (isFailure(caller)) return answerFailure(caller, context);
      return answerJson(
        present(parts.models().filter(({ model }) => mayUseModel(caller.acls, model.id))),
        context,
      );
    },
  };
}

function itemRoute(
  parts: ModelRouteParts,
  path: string,
  present: (facts: ModelFacts, nowMs: number) => unknown,
): Route {
  return {
    method: 'GET',
    path,
    async handle(request, context) {
      const caller = await callerOf(parts, request, context);
      if (isFailure(caller)) return answerFailure(caller, context);
      const name = context.parameters.id ?? '';
      const facts = parts.findModel(name);
      if (facts === undefined || !mayUseModel(caller.acls, facts.model.id)) {
        return answerFailure(unknownModel(name, caller.organizationId), context);
      }
      return answerJson(present(facts, parts.nowMs()), context);
    },
  };
}

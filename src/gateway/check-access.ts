import { type EndpointName, mayUseEndpoint, mayUseModel } from '../domain/access.ts';
import {
  contentNotSupported,
  endpointDenied,
  type Failure,
  imageNotSupported,
  unknownModel,
} from '../domain/failure.ts';
import type { CatalogueModel, ModelCatalogue } from '../domain/model-catalogue.ts';
import type { ChatRequest } from '../protocol/xai-chat/request.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';

export function checkEndpoint(caller: KeyWithOwner, endpoint: EndpointName): Failure | undefined {
  return mayUseEndpoint(caller.acls, endpoint) ? undefined : endpointDenied(endpoint);
}

/** The model behind a name or alias, if this key may use it. A forbidden model answers like an unknown one. */
export function findModel(
  catalogue: ModelCatalogue,
  caller: KeyWithOwner,
  name: string,
): CatalogueModel | Failure {
  const model = catalogue.find(name);
  if (model === undefined || !mayUseModel(caller.acls, model.id))
    return unknownModel(name, caller.organizationId);
  return model;
}

/** Content that the catalogue does not promise for a model is refused before anything is spent. */
export function checkContent(model: CatalogueModel, chat: ChatRequest): Failure | undefined {
  for (const type of chat.contentTypes) {
    if (type === 'text') continue;
    if (type !== 'image') return contentNotSupported(type);
    if (!model.inputModalities.includes('image')) return imageNotSupported();
  }
  return undefined;
}

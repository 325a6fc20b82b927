import { type Failure, imageNotSupported, noUpstream } from '../domain/failure.ts';
import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { ChatRequest } from '../protocol/xai-chat/request.ts';
import type { Upstream } from '../upstream/upstream.ts';

/** The first upstream of the model that can take what was sent: a text engine is never sent an image. */
export function chooseUpstream(
  upstreams: readonly Upstream[],
  model: CatalogueModel,
  chat: ChatRequest,
): Upstream | Failure {
  if (upstreams.length === 0) return noUpstream(model.id);
  const needsImages = chat.contentTypes.has('image');
  return (
    upstreams.find((upstream) => !needsImages || upstream.inputModalities.includes('image')) ??
    imageNotSupported()
  );
}

/** What is enforced is what will answer: the smaller of the catalogue's context and the upstream's. */
export function effectiveContextTokens(model: CatalogueModel, upstream: Upstream | undefined): number {
  return Math.min(model.contextTokens, upstream?.contextTokens ?? Number.POSITIVE_INFINITY);
}

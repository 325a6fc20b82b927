import { type Failure, imageNotSupported, noUpstream } from '../domain/failure.ts';
import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { ChatRequest } from '../protocol/xai-chat/request.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Gateway } from './gateway.ts';

/** What is to answer a call, and what may do so in its place when it fails before it has begun to. */
export interface UpstreamChoice {
  readonly upstream: Upstream;
  /** The preferred one first. */
  readonly substitutes: readonly Upstream[];
}

const NONE: readonly Upstream[] = [];

/**
 * The first upstream of the model that can take what was sent, or one of the others while that has a rest: a text engine
 * is never sent an image. A simulator never takes the place of a model, nor a model that of a simulator.
 */
export function chooseUpstream(
  { upstreamsOf, health }: Pick<Gateway, 'upstreamsOf' | 'health'>,
  model: CatalogueModel,
  chat: ChatRequest,
): UpstreamChoice | Failure {
  const upstreams = upstreamsOf(model);
  if (upstreams.length === 0) return noUpstream(model.id);
  const needsImages = chat.contentTypes.has('image');
  const preferredAt = upstreams.findIndex((upstream) => takes(upstream, needsImages));
  const preferred = upstreams[preferredAt];
  if (preferred === undefined) return imageNotSupported();
  if (preferredAt === upstreams.length - 1) return { upstream: preferred, substitutes: NONE };
  const alike = upstreams.filter(
    (upstream) => takes(upstream, needsImages) && upstream.simulated === preferred.simulated,
  );
  const [upstream = preferred, ...substitutes] = health.inOrder(alike, model);
  // What one has counted by its own tokeniser says nothing of how another counts, and the hold must reach.
  return { upstream, substitutes: upstream.countPrompt === undefined ? substitutes : NONE };
}

function takes({ inputModalities }: Upstream, needsImages: boolean): boolean {
  return !needsImages || inputModalities.includes('image');
}

/** What is enforced is what will answer: the smaller of the catalogue's context and the upstream's. */
export function effectiveContextTokens(model: CatalogueModel, upstream: Upstream | undefined): number {
  return Math.min(model.contextTokens, upstream?.contextTokens ?? Number.POSITIVE_INFINITY);
}

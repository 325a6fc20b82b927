import type { CatalogueModel, Modality } from '../../domain/model-catalogue.ts';
import type { PastedUpstream } from './read-pasted.ts';
import { chatModels, type UpstreamModel } from './upstream-models.ts';
import { serverAtPort } from './usual-servers.ts';

/** What connecting the upstream would do; a person may change every part of it. */
export interface Proposal {
  readonly name: string;
  /** Public model to the upstream's name for it: those that callers can ask for already. */
  readonly routes: readonly ProposedRoute[];
  /** Models of the upstream that the catalogue does not have. */
  readonly additions: readonly UpstreamModel[];
  /** All of them are proposed at once where they run on the operator's own machine and are few. */
  readonly addsAll: boolean;
  readonly inputModalities: readonly Modality[];
}

export interface ProposedRoute {
  readonly model: string;
  readonly upstreamModel: string;
  /** False: the upstream has no model of this name, so callers would be answered by another one. */
  readonly isSame: boolean;
}

/** What the tries have shown. */
export interface ProbeFacts {
  /** The model that has answered. */
  readonly tried: string;
  /** The model that has looked at a picture, if one has. */
  readonly seer: string | undefined;
  /** Names that channels have already. */
  readonly takenNames: readonly string[];
}

/** As many as a person reads before pressing a button. */
const FEW = 12;
const PUBLIC_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/;

/** Which public models the upstream could answer: those of the same name as themselves, the others by what was tried. */
export function proposeChannel(
  pasted: Pick<PastedUpstream, 'provider' | 'label' | 'baseUrl'>,
  models: readonly UpstreamModel[],
  catalogue: readonly CatalogueModel[],
  { tried, seer, takenNames }: ProbeFacts,
): Proposal {
  const names = new Set(models.map(({ name }) => name));
  const routes = catalogue
    .filter(({ enabled }) => enabled)
    .flatMap(({ id, aliases, inputModalities }): ProposedRoute[] => {
      const same = [id, ...aliases].find((name) => names.has(name));
      if (same !== undefined) return [{ model: id, upstreamModel: same, isSame: true }];
      const other = inputModalities.includes('image') ? seer : tried;
      return other === undefined ? [] : [{ model: id, upstreamModel: other, isSame: false }];
    });
  const known = new Set(catalogue.flatMap(({ id, aliases }) => [id, ...aliases]));
  const additions = chatModels(models).filter(({ name }) => !known.has(name) && PUBLIC_NAME.test(name));
  return {
    name: freeName(pasted.provider?.id ?? channelName(pasted.baseUrl), takenNames),
    routes,
    additions,
    addsAll: isNear(pasted.baseUrl) && additions.length <= FEW,
    inputModalities: seer === undefined ? ['text'] : ['text', 'image'],
  };
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let number = 2; taken.includes(free); number += 1) free = `${name}-${number}`;
  return free;
}

function channelName(baseUrl: string): string {
  return serverAtPort(baseUrl)?.name ?? new URL(baseUrl).hostname.replaceAll(/[[\]]/g, '');
}

/** An address of this machine or network, whose answers cost its owner nothing by the token. */
export function isNear(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/.test(hostname) ||
    /\.(?:local|internal|localhost)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}

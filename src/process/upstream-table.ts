import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { Log } from '../ports/log.ts';
import type { ChannelRow } from '../storage/channel-store.ts';
import { createOpenaiCompatible } from '../upstream/openai-compatible.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { UpstreamChoice } from './config.ts';

export interface UpstreamTableParts {
  readonly simulator: Upstream;
  /** What `TURNPIKE_UPSTREAM` says. */
  readonly choice: UpstreamChoice | undefined;
  /** Opens a channel's sealed key. */
  readonly unseal: (sealedKey: string) => string;
  readonly log: Log;
}

/**
 * Which upstreams answer which model. Channels that name the model come first, then those for every model. Without
 * any, `TURNPIKE_UPSTREAM` decides; without that, the engine on this machine if it is there, else the simulator,
 * which says so in every answer. What an operator named and cannot be used now is replaced by nothing else.
 */
export class UpstreamTable {
  readonly #parts: UpstreamTableParts;
  /** Where `TURNPIKE_UPSTREAM` leads, unless that is the engine on this machine. */
  readonly #chosen: Upstream | undefined;
  #local: Upstream | undefined;
  #rows: readonly ChannelRow[] = [];
  /** Public model name, or `*`, to its channels that can be used. */
  #byModel = new Map<string, readonly Upstream[]>();

  constructor(parts: UpstreamTableParts) {
    this.#parts = parts;
    const { choice } = parts;
    if (choice?.kind === 'openai-compatible') {
      this.#chosen = createOpenaiCompatible({
        name: choice.name,
        baseUrl: choice.baseUrl,
        key: choice.key,
        upstreamModel: (model) => choice.model ?? model,
        inputModalities: ['text', 'image'],
      });
    } else if (choice?.kind === 'simulator') {
      this.#chosen = parts.simulator;
    }
  }

  /** The engine on this machine, once it runs. */
  setLocal(local: Upstream | undefined): void {
    this.#local = local;
    this.setChannels(this.#rows);
  }

  /** Replaces all channels; called at the start and after each change. */
  setChannels(rows: readonly ChannelRow[]): void {
    const byModel = new Map<string, readonly Upstream[]>();
    for (const row of rows) {
      if (!row.enabled) continue;
      const upstream = this.#open(row);
      for (const model of Object.keys(row.models))
        byModel.set(model, [...(byModel.get(model) ?? []), ...(upstream === undefined ? [] : [upstream])]);
    }
    this.#rows = rows;
    this.#byModel = byModel;
  }

  /** The preferred one first. Empty: what the operator named for it cannot be used now. */
  of(model: CatalogueModel): readonly Upstream[] {
    const own = this.#byModel.get(model.id);
    const everyones = this.#byModel.get('*');
    if (own !== undefined || everyones !== undefined) return [...(own ?? []), ...(everyones ?? [])];
    if (this.#chosen !== undefined) return [this.#chosen];
    const local = this.#local === undefined ? [] : [this.#local];
    if (this.#parts.choice?.kind === 'local') return local;
    // The engine on this machine takes text only; what it cannot take goes to the simulator, marked as such.
    return [...local, this.#parts.simulator];
  }

  /** The upstream of a channel, switched on or not, for whoever wants to try it. */
  ofChannel(row: ChannelRow): Upstream | undefined {
    return this.#open(row);
  }

  /** Undefined, and reported, when the channel cannot be used now. */
  #open(row: ChannelRow): Upstream | undefined {
    if (row.kind === 'simulator') return { ...this.#parts.simulator, name: row.name };
    if (row.kind === 'local')
      return this.#local === undefined ? undefined : { ...this.#local, name: row.name };
    let key: string | undefined;
    try {
      key = row.sealedKey === null ? undefined : this.#parts.unseal(row.sealedKey);
    } catch {
      // Sealed with another key file, after a restore for example. The other channels work all the same.
      this.#parts.log.error('channel-key-not-readable', { channel: row.name });
      return undefined;
    }
    return createOpenaiCompatible({
      name: row.name,
      baseUrl: row.baseUrl,
      key,
      upstreamModel: (model) => {
        const mapped = row.models[model] ?? row.models['*'];
        return mapped === undefined || mapped === '*' || mapped === '' ? model : mapped;
      },
      inputModalities: row.inputModalities,
      contextTokens: row.contextTokens ?? undefined,
    });
  }
}

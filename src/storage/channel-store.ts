/** An upstream that the operator connected. */
export interface ChannelRow {
  readonly id: string;
  /** Unique, as operators see it. */
  readonly name: string;
  readonly kind: 'openai-compatible' | 'simulator' | 'local';
  /** Up to and including `/v1`, without a trailing slash. Empty for kinds that have no address. */
  readonly baseUrl: string;
  /** The upstream's key, sealed by whoever stores it (see `process/secret-box.ts`); null when it needs none. */
  readonly sealedKey: string | null;
  /** Public model → the upstream's name for it. `*` stands for every model of the catalogue. */
  readonly models: Readonly<Record<string, string>>;
  readonly inputModalities: readonly ('text' | 'image')[];
  readonly contextTokens: number | null;
  /** Of the channels that answer a model the one with the higher number is asked first; 0 to 1000. */
  readonly priority: number;
  readonly enabled: boolean;
  readonly createdAtMs: number;
}

export interface ChannelStore {
  /** By priority, then the older one first. */
  list(): Promise<readonly ChannelRow[]>;
  /** Makes a channel or replaces the one of that id. `exists`: another one has the name. */
  put(row: ChannelRow): Promise<'done' | 'exists'>;
  remove(id: string): Promise<boolean>;
}

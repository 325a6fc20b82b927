import type { RequestLimits } from '../../language/sentences.ts';

/** What the page at `/` is made of. It holds no key, no account and no money of anyone. */
export interface HomePageFacts {
  /** As the reader reached it, without a trailing slash and without `/v1`. */
  readonly baseUrl: string;
  readonly version: string;
  readonly models: readonly HomePageModel[];
  /** An Ollama answers on this machine and is not used. */
  readonly ollamaFound?: boolean | undefined;
  /** Nobody can sign in yet. */
  readonly isSetUpOpen?: boolean | undefined;
  /** The console's pages are built and served. */
  readonly hasConsole?: boolean | undefined;
}

export interface HomePageModel extends RequestLimits {
  readonly id: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly contextTokens: number;
  /** As people read it: `$5.00`. */
  readonly inputUsdPerMillion: string;
  readonly outputUsdPerMillion: string;
  readonly answeredBy: { readonly name: string; readonly simulated: boolean };
}

import type { Clock } from '../../ports/clock.ts';
import type { Dial } from '../../upstream/dial.ts';
import { askBounded, isFailed } from './probe-fault.ts';
import { readUpstreamModels } from './upstream-models.ts';
import { USUAL_SERVERS } from './usual-servers.ts';

/** A server of models that runs on this machine and needs no key. */
export interface NearbyServer {
  readonly label: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

interface Usual {
  readonly label: string;
  readonly port: number;
}

/** What they call themselves in their lists, should one listen where another usually does. */
const LABELS_OF_OWNERS: Readonly<Record<string, string>> = {
  library: 'Ollama',
  organization_owner: 'LM Studio',
  vllm: 'vLLM',
  sglang: 'SGLang',
  llamacpp: 'llama.cpp',
};

/** Nobody who opens a page waits longer for what may not be there. */
const DEADLINE_MS = 800;
const MAXIMUM_BYTES = 262_144;

/** Looks for servers on the usual ports of this machine. They are offered and never adopted. */
export async function findNearby(
  { clock, dial }: { readonly clock: Clock; readonly dial: Dial },
  signal: AbortSignal,
  usual: readonly Usual[] = USUAL_SERVERS,
): Promise<NearbyServer[]> {
  const bounds = { deadlineMs: DEADLINE_MS, maximumBytes: MAXIMUM_BYTES, key: undefined };
  const looked = await Promise.all(
    usual.map(async ({ label, port }): Promise<NearbyServer[]> => {
      const baseUrl = `http://127.0.0.1:${port}/v1`;
      const { get } = dial({ name: label, baseUrl, key: undefined });
      const answered = await askBounded(clock, bounds, signal, (stop) => get('/models', stop));
      if (isFailed(answered)) return [];
      const models = readUpstreamModels(answered.text)?.map(({ name }) => name) ?? [];
      return models.length === 0 ? [] : [{ label: ownLabel(answered.text) ?? label, baseUrl, models }];
    }),
  );
  return looked.flat();
}

function ownLabel(text: string): string | undefined {
  const [, owner = ''] = /"owned_by"\s*:\s*"([^"]{1,40})"/.exec(text) ?? [];
  return LABELS_OF_OWNERS[owner];
}

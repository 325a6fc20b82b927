import type { Upstream } from '../../upstream/upstream.ts';

/** Hosts of providers that the GenAI conventions have a name for. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)x\.ai$/, 'x_ai'],
  [/(?:^|\.)openai\.azure\.com$/, 'azure.ai.openai'],
  [/(?:^|\.)services\.ai\.azure\.com$/, 'azure.ai.inference'],
  [/(?:^|\.)openai\.com$/, 'openai'],
  [/(?:^|\.)anthropic\.com$/, 'anthropic'],
  [/^generativelanguage\.googleapis\.com$/, 'gcp.gemini'],
  [/(?:^|[.-])aiplatform\.googleapis\.com$/, 'gcp.vertex_ai'],
  [/^bedrock-runtime\..*\.amazonaws\.com$/, 'aws.bedrock'],
  [/(?:^|\.)cohere\.(?:com|ai)$/, 'cohere'],
  [/(?:^|\.)deepseek\.com$/, 'deepseek'],
  [/(?:^|\.)groq\.com$/, 'groq'],
  [/(?:^|\.)mistral\.ai$/, 'mistral_ai'],
  [/(?:^|\.)moonshot\.(?:ai|cn)$/, 'moonshot_ai'],
  [/(?:^|\.)perplexity\.ai$/, 'perplexity'],
];

type Provider = Pick<Upstream, 'kind' | 'address'>;

/** Looked up once for each upstream and not for each request. */
const known = new WeakMap<Provider, string>();

/** What the GenAI conventions call `gen_ai.provider.name`; a name of our own where they have none. */
export function providerName(upstream: Provider): string {
  const name = known.get(upstream) ?? lookUp(upstream);
  known.set(upstream, name);
  return name;
}

function lookUp({ kind, address }: Provider): string {
  if (kind !== 'openai-compatible') return `turnpike.${kind}`;
  const host = address?.host ?? '';
  return PROVIDERS.find(([pattern]) => pattern.test(host))?.[1] ?? 'openai_compatible';
}

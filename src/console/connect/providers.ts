/** A service or server that many people have: how it is recognised, and where it is. */
export interface Provider {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  /** Its hosts, beside the one of the base URL. */
  readonly hosts?: RegExp;
  /** The shape of its keys, if that is no other's. */
  readonly keys?: RegExp;
  /** Its keys look like those of many others; it is asked which one it is. */
  readonly sharesKeyShape?: true;
}

/** The paths of APIs whose base does not end in `/v1` stand in the base URL. */
export const PROVIDERS: readonly Provider[] = [
  { id: 'xai', label: 'xAI', baseUrl: 'https://api.x.ai/v1', hosts: /(?:^|\.)x\.ai$/, keys: /^xai-/ },
  {
    ...{ id: 'openrouter', label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
    keys: /^sk-or-/,
  },
  { id: 'anthropic', label: 'Anthropic', baseUrl: 'https://api.anthropic.com/v1', keys: /^sk-ant-/ },
  {
    ...{ id: 'openai', label: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
    ...{ keys: /^sk-(?:proj|svcacct|admin)-/, sharesKeyShape: true },
  },
  {
    ...{ id: 'gemini', label: 'Gemini', keys: /^AIza[\w-]{30,}$/ },
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
  },
  {
    ...{ id: 'deepseek', label: 'DeepSeek', baseUrl: 'https://api.deepseek.com/v1' },
    sharesKeyShape: true,
  },
  {
    ...{ id: 'moonshot', label: 'Moonshot', baseUrl: 'https://api.moonshot.cn/v1' },
    ...{ hosts: /^api\.moonshot\.(?:cn|ai)$/, sharesKeyShape: true },
  },
  {
    ...{ id: 'siliconflow', label: 'SiliconFlow', baseUrl: 'https://api.siliconflow.cn/v1' },
    ...{ hosts: /^api\.siliconflow\.(?:cn|com)$/, sharesKeyShape: true },
  },
  {
    ...{ id: 'qwen', label: 'Qwen', hosts: /^dashscope(?:-intl)?\.aliyuncs\.com$/ },
    ...{ baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1', sharesKeyShape: true },
  },
  {
    ...{ id: 'zhipu', label: 'Zhipu', baseUrl: 'https://open.bigmodel.cn/api/paas/v4' },
    keys: /^[0-9a-f]{32}\.\w{16}$/,
  },
  { id: 'stepfun', label: 'StepFun', baseUrl: 'https://api.stepfun.com/v1' },
  {
    ...{ id: 'doubao', label: 'Doubao', baseUrl: 'https://ark.cn-beijing.volces.com/api/v3' },
    hosts: /^ark\..*(?:volces|bytepluses)\.com$/,
  },
  { id: 'qianfan', label: 'Qianfan', baseUrl: 'https://qianfan.baidubce.com/v2', keys: /^bce-v3\// },
  { id: 'groq', label: 'Groq', baseUrl: 'https://api.groq.com/openai/v1', keys: /^gsk_/ },
  { id: 'mistral', label: 'Mistral', baseUrl: 'https://api.mistral.ai/v1' },
  { id: 'together', label: 'Together', baseUrl: 'https://api.together.xyz/v1', keys: /^tgp_v1_/ },
  { id: 'fireworks', label: 'Fireworks', baseUrl: 'https://api.fireworks.ai/inference/v1', keys: /^fw_/ },
  { id: 'perplexity', label: 'Perplexity', baseUrl: 'https://api.perplexity.ai', keys: /^pplx-/ },
  { id: 'cerebras', label: 'Cerebras', baseUrl: 'https://api.cerebras.ai/v1', keys: /^csk-/ },
  { id: 'nvidia', label: 'NVIDIA', baseUrl: 'https://integrate.api.nvidia.com/v1', keys: /^nvapi-/ },
  { id: 'huggingface', label: 'Hugging Face', baseUrl: 'https://router.huggingface.co/v1', keys: /^hf_/ },
];

/** The provider that an address belongs to. */
export function providerAt(url: string): Provider | undefined {
  const host = URL.parse(url)?.hostname ?? '';
  return PROVIDERS.find(
    ({ baseUrl, hosts }) => host === URL.parse(baseUrl)?.hostname || hosts?.test(host) === true,
  );
}

/**
 * Whose key this may be. One: it can be nobody else's. Several: a key is never sent to somebody on a guess, so the
 * person is asked.
 */
export function providersOfKey(key: string): readonly Provider[] {
  const certain = PROVIDERS.filter(({ keys }) => keys?.test(key) === true);
  if (certain.length > 0) return certain;
  return key.startsWith('sk-') ? PROVIDERS.filter(({ sharesKeyShape }) => sharesKeyShape) : [];
}

/** The base of a provider's API, when an address of it leaves the path out or names a route that others do not have. */
export function baseOfProvider(provider: Provider, address: string): string {
  const { pathname } = new URL(provider.baseUrl);
  const given = new URL(address);
  const isWithin =
    ['/', '/v1', pathname].includes(given.pathname) || given.pathname.startsWith(`${pathname}/`);
  return isWithin ? `${given.origin}${pathname === '/' ? '' : pathname}` : address;
}

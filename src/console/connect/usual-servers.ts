/** Servers of models that people run themselves, and the port each has unless told otherwise. */
export const USUAL_SERVERS = [
  { name: 'ollama', label: 'Ollama', port: 11_434, isTelling: true },
  { name: 'lm-studio', label: 'LM Studio', port: 1_234, isTelling: true },
  { name: 'vllm', label: 'vLLM', port: 8_000, isTelling: false },
  { name: 'sglang', label: 'SGLang', port: 30_000, isTelling: true },
  { name: 'llama.cpp', label: 'llama.cpp', port: 8_080, isTelling: false },
] as const;

/** What an address is by its port alone; ports that everybody uses tell nothing. */
export function serverAtPort(url: string): { readonly name: string; readonly label: string } | undefined {
  const port = Number(new URL(url).port);
  return USUAL_SERVERS.find((server) => server.isTelling && server.port === port);
}

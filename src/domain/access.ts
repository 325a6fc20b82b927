/**
 * What a key may reach, as xAI's access lists spell it: `api-key:model:<name|*>` and
 * `api-key:endpoint:<name|*>`. A key without any entry of a kind can reach nothing of that kind.
 */
export type EndpointName = 'chat' | 'models' | 'tokenize';

export const ENDPOINT_NAMES: readonly EndpointName[] = ['chat', 'models', 'tokenize'];

export const UNRESTRICTED_ACLS: readonly string[] = ['api-key:model:*', 'api-key:endpoint:*'];

export function mayUseEndpoint(acls: readonly string[], endpoint: EndpointName): boolean {
  return acls.includes('api-key:endpoint:*') || acls.includes(`api-key:endpoint:${endpoint}`);
}

export function mayUseModel(acls: readonly string[], modelId: string): boolean {
  return acls.includes('api-key:model:*') || acls.includes(`api-key:model:${modelId}`);
}

/** True for a well-formed entry; what it names need not exist (yet). */
export function isAcl(text: string): boolean {
  return /^api-key:(?:model:(?:\*|[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127})|endpoint:(?:\*|[a-z-]{1,40}))$/.test(
    text,
  );
}

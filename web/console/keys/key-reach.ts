/** What a key may reach, as pages show and change it. Null is everything, also what comes later. */
export interface KeyReach {
  readonly endpoints: readonly string[] | null;
  readonly models: readonly string[] | null;
}

const ENDPOINT = 'api-key:endpoint:';
const MODEL = 'api-key:model:';

export function reachOf(acls: readonly string[]): KeyReach {
  const named = (prefix: string) => {
    const names = acls.filter((acl) => acl.startsWith(prefix)).map((acl) => acl.slice(prefix.length));
    return names.includes('*') ? null : names;
  };
  return { endpoints: named(ENDPOINT), models: named(MODEL) };
}

export function aclsOf({ endpoints, models }: KeyReach): string[] {
  return [
    ...(models ?? ['*']).map((name) => MODEL + name),
    ...(endpoints ?? ['*']).map((name) => ENDPOINT + name),
  ];
}

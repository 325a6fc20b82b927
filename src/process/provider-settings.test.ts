import { expect, test } from 'bun:test';
import { readProviderSettings } from './provider-settings.ts';

function read(variables: Record<string, string>) {
  const problems: { kind: string; name: string }[] = [];
  const settings = readProviderSettings(
    (name) => variables[name],
    (problem) => problems.push(problem),
  );
  return { settings, problems };
}

const OIDC = {
  TURNPIKE_OIDC_ISSUER: 'https://id.example.com/realms/one/',
  TURNPIKE_OIDC_CLIENT_ID: 'turnpike',
  TURNPIKE_OIDC_CLIENT_SECRET: 'secret',
};

test('nothing is configured until something is, and an issuer keeps its path', () => {
  expect(read({})).toEqual({ settings: {}, problems: [] });
  expect(read(OIDC)).toEqual({
    problems: [],
    settings: {
      oidc: {
        ...{ clientId: 'turnpike', clientSecret: 'secret' },
        ...{ issuer: 'https://id.example.com/realms/one', name: 'id.example.com' },
      },
    },
  });
});

test('half a provider, and an issuer that anybody on the way could be, are reported', () => {
  expect(read({ TURNPIKE_GITHUB_CLIENT_ID: 'x' }).problems).toMatchObject([{ kind: 'needs' }]);
  expect(read({ TURNPIKE_OIDC_ISSUER: OIDC.TURNPIKE_OIDC_ISSUER }).problems).toMatchObject([
    { kind: 'needs' },
  ]);
  const { TURNPIKE_OIDC_ISSUER: _, ...client } = OIDC;
  expect(read(client).problems).toMatchObject([{ kind: 'needs' }]);
  for (const issuer of ['http://id.example.com', 'id.example.com', 'https://u:hidden@id.example.com']) {
    const { problems } = read({ ...OIDC, TURNPIKE_OIDC_ISSUER: issuer });
    expect(problems[0]).toMatchObject({ kind: 'url', name: 'TURNPIKE_OIDC_ISSUER' });
    expect(JSON.stringify(problems)).not.toContain('hidden');
  }
  expect(read({ ...OIDC, TURNPIKE_OIDC_ISSUER: 'http://127.0.0.1:9000' }).problems).toEqual([]);
});

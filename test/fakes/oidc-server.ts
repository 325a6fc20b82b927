import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

/** Who signs in at the provider next. */
export interface OidcPerson {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
}

export interface OidcServer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  person: OidcPerson;
  /** Changes the claims of the next ID tokens. */
  twist: (claims: Record<string, unknown>) => Record<string, unknown>;
  /** Signs the next ID tokens with a key that it does not publish. */
  isForged: boolean;
  /** Answers nothing. */
  isAway: boolean;
  /** What was asked of it. */
  readonly asked: { readonly path: string; readonly parameters: URLSearchParams }[];
  stop(): Promise<void>;
}

/**
 * A provider of OpenID Connect: discovery, authorisation with PKCE, tokens signed with RS256, and its keys. The person
 * is taken as signed in there; a page of it would ask them.
 */
export function startOidcServer(): OidcServer {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const codes = new Map<string, { readonly parameters: URLSearchParams; readonly person: OidcPerson }>();
  const [clientId, clientSecret] = ['turnpike', 'canary-oidc-secret-3e9a'];
  const asked: OidcServer['asked'] = [];

  const token = (claims: Record<string, unknown>) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(claims)}`;
    const key = state.isForged ? foreign.privateKey : keys.privateKey;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  };
  const authorize = (parameters: URLSearchParams) => {
    const code = randomUUID();
    codes.set(code, { parameters, person: state.person });
    const back = new URL(parameters.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', parameters.get('state') ?? '');
    return new Response(null, { status: 302, headers: { location: back.href } });
  };
  const exchange = (request: Request, body: URLSearchParams) => {
    const granted = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const basic = Buffer.from(
      (request.headers.get('authorization') ?? '').replace('Basic ', ''),
      'base64',
    ).toString();
    const isClient =
      basic === `${clientId}:${clientSecret}` ||
      (body.get('client_id') === clientId && body.get('client_secret') === clientSecret);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      granted?.parameters.get('code_challenge') === challenge &&
      granted.parameters.get('code_challenge_method') === 'S256' &&
      granted.parameters.get('redirect_uri') === body.get('redirect_uri');
    if (granted === undefined || !isClient || !isRight)
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    const nowS = Math.floor(Date.now() / 1_000);
    const nonce = granted.parameters.get('nonce');
    const claims = { iss: state.issuer, aud: clientId, iat: nowS, exp: nowS + 300, nonce, ...granted.person };
    return Response.json({
      ...{ access_token: 'canary-access-token-77b1', token_type: 'Bearer', expires_in: 300 },
      id_token: token(state.twist(claims)),
    });
  };

  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const url = new URL(request.url);
      const body = request.method === 'POST' ? new URLSearchParams(await request.text()) : url.searchParams;
      asked.push({ path: url.pathname, parameters: body });
      if (state.isAway) return new Response('away', { status: 503 });
      switch (url.pathname) {
        case '/.well-known/openid-configuration':
          return Response.json({
            issuer: state.issuer,
            authorization_endpoint: `${state.issuer}/authorize`,
            token_endpoint: `${state.issuer}/token`,
            jwks_uri: `${state.issuer}/keys`,
            id_token_signing_alg_values_supported: ['RS256'],
          });
        case '/authorize':
          return authorize(body);
        case '/token':
          return exchange(request, body);
        case '/keys':
          return Response.json({
            keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
          });
        default:
          return new Response('nothing', { status: 404 });
      }
    },
  });
  const state: OidcServer = {
    ...{ issuer: `http://127.0.0.1:${server.port}`, clientId, clientSecret, asked },
    person: { sub: '1', email: 'arthur@example.com', email_verified: true },
    twist: (claims) => claims,
    isForged: false,
    isAway: false,
    stop: () => server.stop(true),
  };
  return state;
}

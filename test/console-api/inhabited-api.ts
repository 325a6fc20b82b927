import * as z from 'zod';
import { beginChat } from '../../src/chat/converse.ts';
import { createKey } from '../../src/console/create-key.ts';
import { createCodes } from '../../src/console/credit-codes.ts';
import { addChannel } from '../../src/console/put-channel.ts';
import { seedCatalogue } from '../../src/console/seed-catalogue.ts';
import type { ApiRoute } from '../../src/http/api/api-route.ts';
import { createTeam } from '../../src/identity/create-team.ts';
import { makeInvitation } from '../../src/identity/registration/invitations.ts';
import { inviteIntoTeam } from '../../src/identity/registration/team-invitations.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { NOON_MS } from '../conformance/samples.ts';
import { expectDone } from '../fakes/test-accounts.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';
import { usedRequest } from './used-request.ts';

const AT = new Date(NOON_MS).toISOString();

/** What stands for each parameter of a path. */
export type Places = Readonly<Record<string, string>>;

export interface InhabitedApi {
  readonly api: TestApi;
  /** Has a team with a key, requests and a charge. */
  readonly arthur: TestPerson;
  readonly arthurs: Places;
  /** Has a team of their own and nothing to do with Arthur's. */
  readonly ford: TestPerson;
  /** The owner of the installation, with a team like Arthur's. */
  readonly zaphod: TestPerson;
  readonly zaphods: Places;
  /** Texts that nobody may ever be answered. */
  readonly secrets: readonly string[];
  queryOf(route: ApiRoute): string;
}

/** An installation with something of everything in it. */
export async function inhabitedApi(storage: Storage, usedAtMs = NOON_MS - 60_000): Promise<InhabitedApi> {
  const api = openTestApi(storage, {
    troubles: () => [
      { channel: 'vogon', modelId: 'grok-beta', failuresInARow: 4, restsUntilMs: NOON_MS + 8_000 },
    ],
  });
  await api.clock.advance(NOON_MS - api.clock.nowMs());
  const acting = { ...api.ports, actor: 'test' };
  await seedCatalogue(acting);
  const zaphod = await api.person('zaphod@example.com', 'owner');
  const arthur = await api.person('arthur@example.com');
  const ford = await api.person('ford@example.com');
  const channel = expectDone(
    await addChannel(acting, {
      kind: 'openai-compatible',
      name: 'vogon',
      address: 'https://api.vogon.example/v1',
      key: 'upstream-secret-key-1',
      models: ['*'],
    }),
  );
  const [code] = expectDone(await createCodes(acting, { count: 1, amountTicks: 5n, mostUses: 1, memo: 'x' }));
  await acting.settings.set('registration', 'invite-only');
  const invitation = expectDone(await makeInvitation(acting, { email: 'trillian@example.com' }));
  const secrets = [
    invitation.row.hash,
    invitation.token,
    'upstream-secret-key-1',
    'sealed(21)',
    code?.row.hash ?? '?',
    code?.text ?? '?',
  ];
  const inhabit = async (person: TestPerson): Promise<Places> => {
    const holder = { organizationId: person.team.id, userId: person.userId, name: 'laptop' };
    const { key, text } = expectDone(await createKey(acting, holder));
    secrets.push(key.hash, text);
    const requestId = await usedRequest(storage, key, usedAtMs);
    const said = {
      userId: person.userId,
      organizationId: person.team.id,
      modelId: 'grok-beta',
      text: 'hello',
      pictures: [{ contentType: 'image/png', base64: 'iVBORw0KGgoAAAAN' }],
    };
    const begun = await beginChat(api.ports.chat, async () => ({ kind: 'refused', reason: 'full' }), said);
    if (begun.outcome !== 'done') throw new Error(begun.outcome);
    const [asked] = await storage.chats.messages(person.userId, begun.chatId);
    const crew = expectDone(await createTeam(acting, { name: 'Crew', owner: person.userId }));
    const invited = expectDone(
      await inviteIntoTeam({ ...acting, hasMail: false }, crew.id, {
        ...{ email: 'marvin@example.com', role: 'member' as const },
      }),
    );
    secrets.push(invited.row.hash);
    const sessionId = `session-of-${person.userId}`;
    await storage.auth.insert('session', {
      ...{ id: sessionId, userId: person.userId, token: `session-token-of-${person.userId}` },
      ...{ createdAt: AT, updatedAt: AT, expiresAt: '2099-01-01T00:00:00.000Z' },
      ...{ ipAddress: '127.0.0.1', userAgent: 'curl/8.0' },
    });
    secrets.push(`session-token-of-${person.userId}`);
    const passkeyId = `passkey-of-${person.userId}`;
    const passkeySecrets = [`credential-of-${person.userId}`, `public-key-of-${person.userId}`] as const;
    await storage.auth.insert('passkey', {
      ...{ id: passkeyId, userId: person.userId, name: 'phone', rpId: 'llm.example.com', counter: 0 },
      ...{ credentialId: passkeySecrets[0], publicKey: passkeySecrets[1], transports: '[]' },
      ...{ backedUp: 1, createdAt: AT, lastUsedAt: null },
    });
    secrets.push(...passkeySecrets);
    return {
      sessionId,
      passkeyId,
      teamId: person.team.id,
      keyId: key.id,
      requestId,
      userId: person.userId,
      personId: person.userId,
      chatId: begun.chatId,
      messageId: asked?.id ?? '?',
      pictureId: asked?.pictureIds[0] ?? '?',
      generationId: begun.generationId,
      channelId: channel.id,
      modelId: 'grok-beta',
      codeId: code?.row.id ?? '?',
      invitationId: invited.row.id,
      settingName: 'sign-up-credit',
      noticeId: 'no-such-notice',
      alertId: 'no-such-alert',
      backupName: 'no-such-backup',
    };
  };
  const [arthurs, zaphods] = [await inhabit(arthur), await inhabit(zaphod)];
  return {
    ...{ api, arthur, arthurs, ford, zaphod, zaphods, secrets },
    queryOf: ({ query }) => {
      if (query instanceof z.ZodObject && 'text' in query.shape) return '?text=hello';
      const takesSpan = query instanceof z.ZodObject && 'step' in query.shape;
      return takesSpan ? `?fromMs=${NOON_MS - 86_400_000}&toMs=${NOON_MS + 3_600_000}` : '';
    },
  };
}

export function pathOf({ path }: ApiRoute, places: Places): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const place = places[name];
    if (place === undefined) throw new Error(`say in inhabited-api.ts what :${name} is`);
    return encodeURIComponent(place);
  });
}

/** A route that names something of a team or a person besides the team itself. */
export function hasForeignPart({ path }: ApiRoute): boolean {
  return path.startsWith('/chat/') || path.startsWith('/me/')
    ? path.includes(':')
    : path.startsWith('/teams/:teamId') && (path.match(/:/g)?.length ?? 0) > 1;
}

/** The least that a route's body takes. */
export function sampleBody({ body }: ApiRoute): unknown {
  return body === undefined
    ? undefined
    : sample(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Shape);
}

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly anyOf?: readonly Shape[];
}

function sample(shape: Shape): unknown {
  if (shape.anyOf?.[0] !== undefined) return sample(shape.anyOf[0]);
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.type === 'object')
    return Object.fromEntries(
      (shape.required ?? []).map((name) => [name, sample(shape.properties?.[name] ?? {})]),
    );
  if (shape.type === 'string') {
    if (shape.format === 'email') return 'a@example.com';
    return shape.pattern?.includes('\\d') ? '5' : 'x';
  }
  if (shape.type === 'array') return [];
  if (shape.type === 'boolean') return true;
  return shape.minimum ?? 1;
}

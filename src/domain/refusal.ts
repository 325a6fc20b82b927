/**
 * The closed list of reasons why something that a person asked of accounts, keys, credit, models or channels is not
 * done. A refusal is a code and the facts its sentence needs; the sentence is made where the person's language is
 * known. Facts are plain, so that a refusal can be handed from one process to another; ticks are decimal text.
 */
export interface RefusalFacts {
  // People and teams
  'bad-email': { readonly email: string };
  'bad-name': Nothing;
  'email-taken': { readonly email: string };
  'owner-exists': Nothing;
  'already-set-up': Nothing;
  'set-up-link-over': Nothing;
  'registration-closed': Nothing;
  'registration-needs-mail': Nothing;
  'bad-registration': { readonly modes: string };
  'bad-domains': { readonly most: number };
  'domain-not-allowed': { readonly domains: string };
  'invitation-over': Nothing;
  'invitation-too-long': { readonly days: number };
  'unknown-invitation': Nothing;
  'letter-needs-address': Nothing;
  'letter-needs-mail': Nothing;
  'too-many-invitations': { readonly most: number };
  'set-by-environment': { readonly name: string };
  'unknown-user': { readonly user: string };
  'unknown-team': { readonly team: string };
  'no-team-yet': Nothing;
  'team-not-named': { readonly teams: number };
  'owner-stays': { readonly user: string };
  'owner-signs-in': { readonly user: string };
  'own-sign-in': Nothing;
  'user-is-banned': { readonly user: string };
  'team-is-blocked': { readonly team: string };
  'bad-slug': { readonly slug: string };
  'slug-taken': { readonly slug: string };
  'already-member': { readonly user: string; readonly team: string };
  'not-a-member': { readonly user: string; readonly team: string };
  'weak-password': { readonly fault: 'too-short' | 'too-long' | 'too-common' };
  'wrong-password': Nothing;
  'passkeys-not-here': { readonly url: string };
  'passkey-not-taken': Nothing;
  'passkey-exists': Nothing;
  'too-many-passkeys': { readonly most: number };
  'unknown-passkey': { readonly passkey: string };
  'last-way-in': Nothing;
  'last-owner': { readonly team: string };
  'personal-team': { readonly team: string };

  // Keys
  'bad-key': Nothing;
  'key-of-another-team': Nothing;
  'unknown-key': { readonly key: string };
  'key-is-revoked': { readonly key: string };
  'too-many-keys': { readonly most: number };
  'bad-acl': { readonly acl: string };
  'too-many-acls': { readonly most: number };
  'bad-limit': { readonly limit: string; readonly most: number };
  'moment-past': Nothing;
  'bad-network': { readonly network: string };
  'too-many-networks': { readonly most: number };
  'bad-spend-limit': { readonly mostTicks: string };
  'bad-overlap': { readonly days: number };

  // Credit
  'bad-amount': Nothing;
  'not-enough': { readonly availableTicks: string; readonly askedTicks: string };
  'too-much-credit': { readonly mostTicks: string };
  'bad-memo': { readonly most: number };
  'bad-transaction-id': Nothing;
  'bad-code-count': { readonly most: number; readonly mostUses: number };
  'transaction-differs': { readonly id: string };

  'too-many-alerts': { readonly most: number };
  'bad-notice': { readonly most: number };
  'unknown-notice': Nothing;

  // Codes
  'unknown-code': Nothing;
  'code-over': Nothing;
  'code-used': { readonly by: 'team' | 'others' };

  // Models
  'unknown-model': { readonly model: string };
  'bad-model-name': { readonly name: string };
  'model-name-taken': { readonly name: string; readonly model: string };
  'too-many-aliases': { readonly most: number };
  'bad-modalities': Nothing;
  'bad-token-count': Nothing;
  'bad-priority': Nothing;
  'model-needs-context': { readonly model: string };
  'model-needs-price': { readonly model: string };
  'bad-price': Nothing;
  'price-exists': Nothing;
  'bad-owner': Nothing;

  // Channels
  'unknown-channel': { readonly channel: string };
  'channel-name-taken': { readonly name: string };
  'channel-needs-address': Nothing;
  'channel-has-no-address': Nothing;
  'channel-needs-models': Nothing;
  'bad-address': { readonly why: AddressFault };
  'bad-upstream-key': Nothing;
  'bad-model-route': { readonly route: string };
  'key-would-move': { readonly channel: string };

  // The database
  'copy-has-no-source': Nothing;
  'bad-database-address': Nothing;
  'books-not-in-order': { readonly findings: number };
  'database-not-opened': { readonly database: string; readonly reason: string };
  'database-not-empty': { readonly database: string };
  'copy-not-made': { readonly database: string; readonly why: string };
  'copy-differs': { readonly database: string };
  // Backups
  'server-runs': Nothing;
  'engine-has-own-backup': { readonly engine: string };
  'file-exists': { readonly path: string };
  'file-missing': { readonly path: string };
  'key-file-unusable': { readonly path: string };
  'folder-has-database': { readonly path: string };
  /** `why` is `damaged` or `disk-full`, else what the system said. */
  'backup-failed': { readonly path: string; readonly why: string };
  /** `why` is a reason for which a database is not opened. */
  'not-a-backup': { readonly path: string; readonly why: string };

  // Mail
  'mail-settings-wrong': Nothing;
  /** `fault` is one of `MailFault`; `answer` the mail server's code, if it gave one. */
  'mail-not-sent': { readonly place: string; readonly fault: string; readonly answer: string };

  // Usage and lists
  'bad-page': { readonly most: number };
  'bad-days': { readonly most: number };
}

type Nothing = Readonly<Record<never, never>>;

/** What is wrong with an upstream's address. */
export type AddressFault = 'not-an-address' | 'scheme' | 'credentials' | 'query';

export type RefusalCode = keyof RefusalFacts;

export interface Refusal {
  readonly kind: 'refusal';
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

export function refuse<Code extends RefusalCode>(
  code: Code,
  ...[facts]: RefusalFacts[Code] extends Record<string, never> ? [] : [facts: RefusalFacts[Code]]
): Refusal {
  return { kind: 'refusal', code, facts: { ...(facts as Refusal['facts'] | undefined) } };
}

/** Tells a refusal from the value that a use-case would have answered otherwise. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'refusal';
}

/** What changes are about, and what the actions of each are named after: of the pages and of the command line. */
const KINDS = {
  access: {
    pages: ['key', 'person', 'team', 'member', 'invitation', 'session', 'passkey'],
    commands: ['keys', 'users', 'teams', 'invitations', 'set-up-link'],
  },
  money: { pages: ['credit', 'code', 'alert'], commands: ['credit', 'codes'] },
  models: { pages: ['channel', 'model', 'local-model'], commands: ['channels', 'models', 'limits'] },
  installation: {
    pages: ['setting', 'notice', 'backup', 'ledger', 'installation'],
    commands: ['registration', 'notices', 'audit', 'backup', 'restore', 'mail'],
  },
} as const;

export type ActivityKind = keyof typeof KINDS;

export const ACTIVITY_KINDS = ['access', 'money', 'models', 'installation'] as const satisfies ActivityKind[];

/** How the actions of a kind begin: `key.create` on the pages, `keys create` on the command line. */
export function beginningsOf(kind: ActivityKind): readonly string[] {
  const { pages, commands } = KINDS[kind];
  return [...pages.map((name) => `${name}.`), ...commands];
}

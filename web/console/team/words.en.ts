export const en = {
  title: 'Team',
  lead: (name: string, members: number) =>
    `${name}, with ${members.toLocaleString('en')} ${members === 1 ? 'member' : 'members'}. All share its credit and its limits.`,
  personal: (name: string) => `${name} is your own team: nobody else can be in it.`,
  loading: 'Loading the team',
  failed: 'The team could not be loaded.',
  again: 'Try now',
  didNotWork:
    'The server did not answer, so nothing is known to have changed. Check the connection and try again.',
  close: 'Close',
  cancel: 'Cancel',
  you: 'you',
  heads: { member: 'Member', role: 'Role', since: 'Joined', actions: 'Actions' },
  roleOf: (name: string) => `Role of ${name}`,
  roles: { owner: 'Owner', administrator: 'Administrator', member: 'Member', billing: 'Billing' },
  rolesTitle: 'What each role may do',
  mayDo: {
    owner: 'Everything, and makes others owners.',
    administrator: 'Keys of everybody, members, alerts and the name. Makes nobody an owner.',
    member: 'Their own keys, chat and playground. Sees usage and requests of the team.',
    billing: 'Sees usage and the statement, redeems codes and draws alerts. Makes no calls.',
  },
  menu: (name: string) => `What can be done with ${name}`,
  remove: 'Take out of the team',
  leave: 'Leave the team',
  rename: {
    open: 'Rename',
    title: 'Rename the team',
    name: 'Name',
    save: 'Save the name',
    saving: 'Saving…',
  },
  invite: {
    open: 'Invite a member',
    title: (team: string) => `Invite somebody into ${team}`,
    text: 'They are asked first. Once they accept, they spend the credit of this team and see its usage.',
    byLetter: {
      newcomers:
        'A letter goes to the address. Whoever has no account here makes one by its link; whoever has one accepts after signing in.',
      people:
        'Only somebody who has an account here can accept: the operator decides who gets one. They get a letter, and are asked after signing in.',
    },
    noMail:
      'Only somebody who has an account here can accept: they are asked after signing in. This server sends no letters, so tell them yourself, and check who joins: no letter has shown that an address is theirs.',
    email: 'Email',
    role: 'Role',
    save: 'Invite',
    saving: 'Inviting…',
  },
  invitations: {
    title: 'Open invitations',
    lead: (count: number, most: number) =>
      `${count} of ${most} at most. Nobody here is told whether an address has an account.`,
    heads: { email: 'Address', role: 'Role', until: 'Good until', actions: 'Actions' },
    until: (moment: string) => `until ${moment}`,
    menu: (email: string) => `What can be done with the invitation for ${email}`,
    again: 'Send again',
    renew: 'Renew for another week',
    revoke: 'Revoke',
    failed: 'The invitations could not be loaded.',
    done: {
      invited: (email: string) => `${email} is invited.`,
      renewed: (email: string) => `The invitation for ${email} was renewed.`,
      revoked: (email: string) => `The invitation for ${email} was revoked.`,
    },
  },
  make: {
    open: 'New team',
    title: 'New team',
    text: 'A team has credit, keys and limits of its own, and you as its owner. It begins without credit.',
    name: 'Name',
    save: 'Create team',
    saving: 'Creating…',
  },
  removing: {
    title: (name: string, team: string) => `Take ${name} out of ${team}?`,
    text: 'The keys they made in this team are disabled at once. What they spent stays on record, and they can be invited again.',
    keep: 'Keep them',
    go: 'Take out',
    going: 'Taking out…',
  },
  leaving: {
    title: (team: string) => `Leave ${team}?`,
    text: 'The keys you made in this team are disabled at once, and you see nothing of it any more. Only its owners and administrators can invite you again.',
    keep: 'Stay',
    go: 'Leave',
    going: 'Leaving…',
  },
};

export type TeamWords = typeof en;

import { isRefusal, refuse } from '../../domain/refusal.ts';
import { dayOf } from '../../identity/registration/accept-invitation.ts';
import { changeRegistration } from '../../identity/registration/change-registration.ts';
import { invitationLink, makeInvitation } from '../../identity/registration/invitations.ts';
import {
  mostPerDay,
  REGISTRATION_MODES,
  readRegistration,
} from '../../identity/registration/registration-settings.ts';
import { hasMail } from '../../ports/mailer.ts';
import { defineCommand, facts, table } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { argument, list, option } from './parameter.ts';
import { presentInvitation } from './present-invitation.ts';
import { presentMoney } from './present-money.ts';
import { choice, moment, money, text } from './value-kind.ts';

const PAGE_ROWS = 500;

const registration = defineCommand({
  name: 'registration',
  mutates: true,
  parameters: {
    mode: option(choice(REGISTRATION_MODES)),
    domain: list(text('DOMAIN|any')),
    signUpCredit: option(money),
    dailyCredit: option(money),
  },
  view: [
    facts(
      'registration',
      'domains',
      'sign_up_credit_ticks',
      'daily_free_credit_ticks',
      'most_per_day_ticks',
      'given_today_ticks',
    ),
  ],
  async run(context, { mode, domain, signUpCredit, dailyCredit }) {
    const ports = { ...context, hasMail: hasMail(context) };
    const changes = [
      ['registration-domains', domain?.filter((name) => name !== 'any').join(',')],
      ['sign-up-credit', signUpCredit?.toString()],
      ['daily-free-credit', dailyCredit?.toString()],
      // Last: nobody comes in before the bounds are there.
      ['registration', mode],
    ] as const;
    for (const [name, value] of changes) {
      const changed = value === undefined ? 'done' : await changeRegistration(ports, name, value);
      if (isRefusal(changed)) return changed;
    }
    return present(context);
  },
});

async function present({ settings, signUps, clock }: CommandContext) {
  const found = await readRegistration(settings);
  return {
    registration: found.mode,
    domains: found.domains.join(', ') || null,
    ...presentMoney('sign_up_credit', found.signUpCreditTicks),
    ...presentMoney('daily_free_credit', found.dailyFreeCreditTicks),
    ...presentMoney('most_per_day', mostPerDay(found)),
    ...presentMoney('given_today', await signUps.givenOn(dayOf(clock.nowMs()))),
  };
}

const create = defineCommand({
  name: 'invitations create',
  mutates: true,
  parameters: {
    email: option(text('EMAIL')),
    team: option(text('TEAM')),
    role: option(choice(['member', 'administrator', 'billing', 'owner'])),
    expires: option(moment),
    letter: option(choice(['en', 'zh'])),
  },
  view: [],
  async run(context, { expires, ...asked }) {
    const made = await makeInvitation(context, { ...asked, expiresAtMs: expires });
    if (isRefusal(made)) return made;
    return {
      ...(await presentInvitation(context, made.row)),
      link: invitationLink(context.ownUrl(), made.token),
      letter: made.letter,
    };
  },
});

const listing = defineCommand({
  name: 'invitations list',
  mutates: false,
  parameters: {},
  view: [table('invitations', 'state', 'email', 'team', 'role', 'expires_at', 'used_by', 'id', 'created_at')],
  async run(context) {
    const { rows } = await context.signUps.listInvitations({ limit: PAGE_ROWS });
    return { invitations: await Promise.all(rows.map((row) => presentInvitation(context, row))) };
  },
});

const revoke = defineCommand({
  name: 'invitations revoke',
  mutates: true,
  parameters: { invitation: argument(text('ID')) },
  view: [],
  async run({ signUps, clock }, { invitation }) {
    const isEnded = await signUps.endInvitation(invitation, clock.nowMs());
    return isEnded ? { id: invitation } : refuse('unknown-invitation');
  },
});

/** Who may make themselves an account, and the links that let them. */
export const REGISTRATION_COMMANDS = [registration, create, listing, revoke];

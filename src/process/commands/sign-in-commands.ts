import { isRefusal } from '../../domain/refusal.ts';
import { makeSetUpToken, setUpLink } from '../../identity/set-up-installation.ts';
import { dropSecondFactor } from '../../identity/sign-in/drop-second-factor.ts';
import { giveNewPassword, signOutEverywhere } from '../../identity/sign-in/look-after-sign-in.ts';
import { defineCommand } from './command.ts';
import { definePersonCommand } from './person-command.ts';

/** Makes a password. It is in this answer and nowhere else; one that is given would stay in the shell's history. */
const password = definePersonCommand({
  name: 'users password',
  mutates: true,
  parameters: {},
  view: [],
  async run(context, user) {
    const made = await giveNewPassword(context, user.id);
    return isRefusal(made) ? made : { email: user.email, password: made };
  },
});

const signingOut = definePersonCommand({
  name: 'users sign-out',
  mutates: true,
  parameters: {},
  view: [],
  async run(context, user) {
    return { email: user.email, sessions: await signOutEverywhere(context, user.id) };
  },
});

/** The link that makes whoever opens it the owner, as long as nobody can sign in. */
const setUp = defineCommand({
  name: 'set-up-link',
  mutates: true,
  parameters: {},
  view: [],
  async run(context) {
    const token = await makeSetUpToken(context);
    return isRefusal(token) ? token : { link: setUpLink(context.ownUrl(), token) };
  },
});

/** For somebody who lost both the phone and the recovery codes. */
const secondFactorOff = definePersonCommand({
  name: 'users second-factor-off',
  mutates: true,
  parameters: {},
  view: [],
  async run(context, user) {
    await dropSecondFactor(context, user.id);
    return { email: user.email };
  },
});

/** How people sign in. */
export const SIGN_IN_COMMANDS = [password, signingOut, setUp, secondFactorOff];

import { activityCommand } from './activity-command.ts';
import { backupCommand } from './backup-command.ts';
import { CHANNEL_COMMANDS } from './channel-commands.ts';
import { CODE_COMMANDS } from './code-commands.ts';
import type { Command } from './command.ts';
import { CREDIT_COMMANDS } from './credit-commands.ts';
import { INSTALLATION_COMMANDS } from './installation-commands.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { LIMIT_COMMANDS } from './limit-commands.ts';
import { MAIL_COMMANDS } from './mail-commands.ts';
import { MODEL_COMMANDS } from './model-commands.ts';
import { NOTICE_COMMANDS } from './notice-commands.ts';
import { PASSKEY_COMMANDS } from './passkey-commands.ts';
import { REGISTRATION_COMMANDS } from './registration-commands.ts';
import { restoreCommand } from './restore-command.ts';
import { SIGN_IN_COMMANDS } from './sign-in-commands.ts';
import { TEAM_COMMANDS } from './team-commands.ts';
import { USAGE_COMMANDS } from './usage-commands.ts';
import { USER_COMMANDS } from './user-commands.ts';

/** Every command but `serve`, in the order in which the help lists them. */
export const ALL_COMMANDS = [
  ...USER_COMMANDS,
  ...SIGN_IN_COMMANDS,
  ...PASSKEY_COMMANDS,
  ...REGISTRATION_COMMANDS,
  ...TEAM_COMMANDS,
  ...KEY_COMMANDS,
  ...CREDIT_COMMANDS,
  ...CODE_COMMANDS,
  ...LIMIT_COMMANDS,
  ...CHANNEL_COMMANDS,
  ...MODEL_COMMANDS,
  ...USAGE_COMMANDS,
  ...MAIL_COMMANDS,
  ...NOTICE_COMMANDS,
  activityCommand,
  ...INSTALLATION_COMMANDS,
  backupCommand,
  restoreCommand,
] as const;

export type CommandName = (typeof ALL_COMMANDS)[number]['name'];

export function findCommand(name: string): Command<CommandName> | undefined {
  return ALL_COMMANDS.find((command) => command.name === name);
}

import type { Migration } from '../../sql/migration.ts';
import { firstSchema } from './0001-first-schema.ts';
import { keysForRealLife } from './0002-keys-for-real-life.ts';
import { transactionsThatSumToZero } from './0003-transactions-that-sum-to-zero.ts';
import { whatUpstreamsReported } from './0004-what-upstreams-reported.ts';
import { idempotencyKeys } from './0005-idempotency-keys.ts';
import { usageByTheHour } from './0008-usage-by-the-hour.ts';
import { consoleTables } from './0009-console.ts';
import { signUp } from './0010-sign-up.ts';
import { chatTables } from './0011-chats.ts';
import { openRequests } from './0012-open-requests.ts';
import { selfMadePeople } from './0013-self-made-people.ts';
import { picturesInChats } from './0014-pictures-in-chats.ts';
import { passkeys } from './0015-passkeys.ts';
import { whereAChangeCameFrom } from './0020-where-a-change-came-from.ts';
import { invitationsIntoTeams } from './0021-invitations-into-teams.ts';
import { lettersOfAlerts } from './0022-letters-of-alerts.ts';
import { whichChannelFirst } from './0023-which-channel-first.ts';

/** Every step of the schema, in order; numbers and names are those of the SQLite engine. */
export const ALL_MIGRATIONS: readonly Migration[] = [
  firstSchema,
  keysForRealLife,
  transactionsThatSumToZero,
  whatUpstreamsReported,
  idempotencyKeys,
  usageByTheHour,
  consoleTables,
  signUp,
  chatTables,
  openRequests,
  selfMadePeople,
  picturesInChats,
  passkeys,
  whereAChangeCameFrom,
  invitationsIntoTeams,
  lettersOfAlerts,
  whichChannelFirst,
];

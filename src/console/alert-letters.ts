import { formatUsd } from '../domain/money.ts';
import { type Letter, type Letters, layOutLetter, lettersIn } from '../language/letters.ts';
import { hasMail, type LetterOffice } from '../ports/mailer.ts';
import type { UserRow } from '../storage/account-store.ts';
import { DAY_MS, type SeenAlert, seeAlerts } from './alerts.ts';
import type { ConsolePorts } from './console-ports.ts';
import { preferencesOf } from './preferences.ts';

export interface AlertLetterPorts
  extends Pick<ConsolePorts, 'accounts' | 'settings' | 'ledger' | 'reports' | 'alertLetters' | 'clock'> {
  readonly mail: LetterOffice | undefined;
  /** Where people reach the server. */
  readonly ownUrl: () => string;
}

/** A balance may go up and down over a line all day long. */
const GAP_MS = 3_600_000;

/** So many people look after the money of one team. */
const MOST_READERS = 20;

/** Tells of each line of a team that was crossed, once until it was left again. */
export async function sendAlertLetters(ports: AlertLetterPorts, organizationId: string): Promise<void> {
  if (!hasMail(ports)) return;
  const alerts = await seeAlerts(ports, organizationId, ({ enabled, letter }) => enabled && letter !== null);
  const atMs = ports.clock.nowMs();
  for (const alert of alerts) {
    if (!alert.isCrossed) {
      await ports.alertLetters.recover(alert.id, atMs);
      continue;
    }
    // What is spent in a day begins anew with each.
    const sinceMs = alert.kind === 'spent-in-a-day' ? atMs - (atMs % DAY_MS) : 0;
    if (await ports.alertLetters.take(alert.id, { atMs, sinceMs, gapMs: GAP_MS }))
      await post(ports, organizationId, alert);
  }
}

async function post(ports: AlertLetterPorts, organizationId: string, alert: SeenAlert): Promise<void> {
  const [team, readers] = await Promise.all([
    ports.accounts.findOrganization(organizationId),
    readersOf(ports, organizationId),
  ]);
  const { mail } = ports;
  if (team === undefined || mail === undefined) return;
  // Its short name has letters and digits only; the one that people see could say anything.
  const slug = team.personal ? null : team.slug;
  const url = `${ports.ownUrl()}/console/limits`;
  for (const { id, email } of readers) {
    const language = (await preferencesOf(ports, id)).language ?? alert.letter ?? 'en';
    const letter = write(lettersIn(language), mail.host, slug, alert, url);
    mail.mailer.post({ to: email, ...layOutLetter(letter, language) });
  }
}

function write(
  letters: Letters,
  host: string,
  slug: string | null,
  { kind, thresholdTicks, nowTicks }: SeenAlert,
  url: string,
): Letter {
  const facts = { host, team: slug, line: formatUsd(thresholdTicks), now: formatUsd(nowTicks), url };
  return kind === 'balance-below' ? letters.balanceBelow(facts) : letters.spentInADay(facts);
}

async function readersOf(
  { accounts }: Pick<ConsolePorts, 'accounts'>,
  organizationId: string,
): Promise<readonly UserRow[]> {
  const members = await accounts.membersOf(organizationId);
  const wanted = members.filter(({ role }) => role === 'owner' || role === 'billing').slice(0, MOST_READERS);
  const people = await Promise.all(wanted.map(({ userId }) => accounts.findUser(userId)));
  return people.filter((person): person is UserRow => person?.banned === false);
}

import { hostname } from 'node:os';
import type { Mailer } from '../../ports/mailer.ts';
import { systemClock as clock } from '../system-clock.ts';
import { systemRandom as random } from '../system-random.ts';
import { readMailSettings } from './mail-settings.ts';
import { openMailer } from './open-mailer.ts';

const silent = { info() {}, warn() {}, error() {} };

/** For a command that runs where no server does. Undefined: the settings cannot be used; a start says what is wrong. */
export function mailerOfEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  dataDir: string,
): Mailer | undefined {
  let isWrong = false;
  const read = (name: string) => environment[name]?.trim() || undefined;
  const settings = readMailSettings(read, () => {
    isWrong = true;
  });
  return isWrong ? undefined : openMailer({ settings, dataDir, clock, random, log: silent });
}

/** The server's name as letters say it, where it is not known under which address people come. */
export function nameInLetters(publicUrl: string | undefined): string {
  return URL.parse(publicUrl ?? '')?.host ?? hostname();
}

import { option } from './parameter.ts';
import { text } from './value-kind.ts';

/** The options that say whose credit, keys or usage a command is about; see `locateTeam`. */
export const WHOSE = { team: option(text('TEAM')), user: option(text('EMAIL|ID')) };

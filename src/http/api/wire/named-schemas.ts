import * as z from 'zod';
import * as alerts from './alerts.ts';
import * as clientSettings from './client-settings.ts';
import * as home from './home.ts';
import * as keys from './keys.ts';
import * as localModel from './local-model.ts';
import * as me from './me.ts';
import * as models from './models.ts';
import * as notices from './notices.ts';
import * as operatorCatalogue from './operator-catalogue.ts';
import * as operatorChannels from './operator-channels.ts';
import * as operatorCodes from './operator-codes.ts';
import * as operatorConnect from './operator-connect.ts';
import * as operatorInstallation from './operator-installation.ts';
import * as operatorOverview from './operator-overview.ts';
import * as operatorPeople from './operator-people.ts';
import * as paging from './paging.ts';
import * as problem from './problem.ts';
import * as requests from './requests.ts';
import * as scalars from './scalars.ts';
import * as statement from './statement.ts';
import * as team from './team.ts';
import * as usage from './usage.ts';

/** Every schema of this folder by its name, for the description of the API. */
export const namedSchemas = z.registry<{ id: string }>();

const MODULES = [
  alerts,
  clientSettings,
  home,
  keys,
  localModel,
  me,
  models,
  notices,
  operatorCatalogue,
  operatorChannels,
  operatorCodes,
  operatorConnect,
  operatorInstallation,
  operatorOverview,
  operatorPeople,
  paging,
  problem,
  requests,
  scalars,
  statement,
  team,
  usage,
];

for (const [id, schema] of MODULES.flatMap((module) => Object.entries(module))) {
  if (schema instanceof z.ZodType) namedSchemas.add(schema, { id });
}

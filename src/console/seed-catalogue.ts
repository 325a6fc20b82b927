import { announcing } from '../ports/changes.ts';
import type { ConsolePorts } from './console-ports.ts';
import { SHIPPED_CATALOGUE } from './shipped-catalogue.ts';

/** The version of the shipped set that this database has had. */
const VERSION_SETTING = 'shipped-catalogue-version';

/**
 * Puts in the shipped models that this database has never had. Called at each start: a model that was edited or
 * removed since stays so, and a name that the operator has given away is left alone.
 */
export async function seedCatalogue(
  { catalogue, settings, changed }: Pick<ConsolePorts, 'catalogue' | 'settings' | 'changed'>,
  shipped: typeof SHIPPED_CATALOGUE = SHIPPED_CATALOGUE,
): Promise<void> {
  const hadVersion = Number((await settings.get(VERSION_SETTING)) ?? 0);
  if (hadVersion >= shipped.version) return;
  for (const { sinceVersion, ...model } of shipped.models) {
    if (sinceVersion <= hadVersion) continue;
    const taken = new Set((await catalogue.list()).flatMap(({ id, aliases }) => [id, ...aliases]));
    if (taken.has(model.id)) continue;
    const aliases = model.aliases.filter((alias) => !taken.has(alias));
    await announcing(changed, { kind: 'model', id: model.id }, () => catalogue.put({ ...model, aliases }));
  }
  await settings.set(VERSION_SETTING, String(shipped.version));
}

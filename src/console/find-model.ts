import type { CatalogueModel } from '../domain/model-catalogue.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { ConsolePorts } from './console-ports.ts';

/** The model behind an id or alias, switched off or not. */
export async function findModel(
  { catalogue }: Pick<ConsolePorts, 'catalogue'>,
  name: string,
): Promise<CatalogueModel | Refusal> {
  const models = await catalogue.list();
  return (
    models.find((model) => model.id === name) ??
    models.find((model) => model.aliases.includes(name)) ??
    refuse('unknown-model', { model: name })
  );
}

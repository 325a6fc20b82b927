import { type CatalogueModel, modelFault } from '../domain/model-catalogue.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { ConsolePorts } from './console-ports.ts';
import { editModel, type ModelEdit, newModel } from './model-edit.ts';
import { checkFigures, checkNames } from './model-rules.ts';

type ModelPorts = Pick<ConsolePorts, 'catalogue' | 'clock' | 'changed'>;

/** Changes a model, or makes it if there is none of this id. */
export async function putModel(
  ports: ModelPorts,
  id: string,
  edit: ModelEdit,
): Promise<CatalogueModel | Refusal> {
  const models = await ports.catalogue.list();
  const existing = models.find((model) => model.id === id);
  const basis = existing ?? newModel(id, edit, ports.clock.nowMs());
  if (isRefusal(basis)) return basis;
  const model = editModel(basis, edit);
  if (isRefusal(model)) return model;
  const refusal = checkNames(model, models) ?? checkFigures(model);
  if (refusal !== undefined) return refusal;

  const fault = modelFault(model);
  if (fault !== undefined) throw new Error(`a model passed every check and is wrong: ${fault}`);
  await announcing(ports.changed, { kind: 'model', id }, () => ports.catalogue.put(model));
  return model;
}

/** Takes a model out of the catalogue. What was charged for it stays in the books, which name it by its id. */
export async function removeModel(ports: ModelPorts, id: string): Promise<CatalogueModel | Refusal> {
  const model = (await ports.catalogue.list()).find((candidate) => candidate.id === id);
  if (model === undefined) return refuse('unknown-model', { model: id });
  await announcing(ports.changed, { kind: 'model', id }, () => ports.catalogue.remove(id));
  return model;
}

/** A public model and what an upstream calls it. */
export interface Route {
  readonly model: string;
  readonly upstreamModel: string;
}

/** As the API takes it: under its own name, or `MODEL=NAME THERE`. */
export function routeText({ model, upstreamModel }: Route): string {
  const [own, there] = [model.trim(), upstreamModel.trim()];
  return there === '' || there === own ? own : `${own}=${there}`;
}

/** What no enabled channel answers but this one. */
export function answeredByNoOther(
  channel: { readonly id: string; readonly models: readonly Route[] },
  channels: readonly {
    readonly id: string;
    readonly enabled: boolean;
    readonly models: readonly Route[];
  }[],
): string[] {
  const others = channels.filter(({ id, enabled }) => id !== channel.id && enabled);
  const elsewhere = new Set(others.flatMap(({ models }) => models.map(({ model }) => model)));
  if (elsewhere.has('*')) return [];
  return channel.models.map(({ model }) => model).filter((model) => !elsewhere.has(model));
}

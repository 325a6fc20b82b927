/** A bigint is an integer, a number has a fraction: the two are different types to OpenTelemetry. */
export type AttributeValue = string | bigint | number | boolean | readonly string[];

/** Facts by name; what is undefined is left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

/** Who reports, and with what: OpenTelemetry's resource and scope. */
export interface Reporter {
  readonly resource: Attributes;
  readonly scope: { readonly name: string; readonly version: string };
}

/** Attributes as OTLP/JSON has them: a list, its integers written as strings. */
export function writeAttributes(attributes: Attributes): object[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: writeValue(value) }],
  );
}

function writeValue(value: AttributeValue): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'bigint':
      return { intValue: String(value) };
    case 'number':
      return { doubleValue: value };
    case 'boolean':
      return { boolValue: value };
    default:
      return { arrayValue: { values: value.map(writeValue) } };
  }
}

/** A moment in nanoseconds since 1970, as text: no number of JSON is exact enough for it. */
export function writeMoment(atMs: number): string {
  return `${Math.round(atMs * 1_000)}000`;
}

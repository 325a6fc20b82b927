import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { JsonValue } from '../../protocol/parse-json.ts';
import { fillSchema } from './fill-schema.ts';
import { seedRandom } from './seeded-random.ts';

const fill = (schema: unknown, seed = 0) => fillSchema(schema, seedRandom(seed));
const object = (properties: Record<string, unknown>, required: string[] = [], more: object = {}) => ({
  type: 'object',
  properties,
  required,
  ...more,
});

test.each<[string, unknown, JsonValue]>([
  ['text', { type: 'string' }, 'simulated value'],
  ['a short text', { type: 'string', maxLength: 3 }, 'sim'],
  ['a long text', { type: 'string', minLength: 18 }, 'simulated value...'],
  ['a date', { type: 'string', format: 'date' }, '2024-11-19'],
  ['an unknown format', { type: 'string', format: 'constructor' }, 'simulated value'],
  ['null', { type: 'null' }, null],
  ['const', { const: { a: 1 } }, { a: 1 }],
  ['const null', { const: null }, null],
  ['default', { type: 'string', default: 'x', enum: ['y'] }, 'x'],
  ['enum', { enum: ['only'] }, 'only'],
  ['examples', { type: 'string', examples: ['Graz'] }, 'Graz'],
  ['an integer between', { type: 'integer', minimum: 5, maximum: 5 }, 5],
  ['an integer between exclusive bounds', { type: 'integer', exclusiveMinimum: 5, exclusiveMaximum: 7 }, 6],
  ['an integer below', { type: 'integer', maximum: -3, minimum: -3.5 }, -3],
  ['a multiple', { type: 'integer', multipleOf: 7, minimum: 8, maximum: 20 }, 14],
  ['a fraction', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
  ['an object', object({ a: { type: 'null' } }), { a: null }],
  ['required without a schema', object({}, ['b']), { b: 'simulated b' }],
  ['a member that must not be', object({ a: false, b: true }, ['a']), { b: 'simulated b' }],
  ['an object without a type', { properties: { a: { const: 1 } } }, { a: 1 }],
  ['an array', { type: 'array', items: { const: 1 } }, [1]],
  ['an array of some length', { type: 'array', items: { const: 1 }, minItems: 3 }, [1, 1, 1]],
  ['an empty array', { type: 'array', maxItems: 0 }, []],
  [
    'different items',
    { type: 'array', items: { type: 'string' }, minItems: 2, uniqueItems: true },
    ['simulated value 1', 'simulated value 2'],
  ],
  ['a tuple', { prefixItems: [{ const: 1 }, { const: 2 }], items: false, minItems: 5 }, [1, 2]],
  ['a type or null', { type: ['null', 'boolean'], const: true }, true],
  ['anyOf with null', { anyOf: [{ type: 'null' }, { const: 'x' }] }, 'x'],
  ['oneOf', { oneOf: [{ const: 1 }, { const: 2 }] }, 1],
  [
    'anyOf beside members',
    { type: 'object', properties: { a: { const: 1 } }, anyOf: [{ properties: { b: { const: 2 } } }] },
    { a: 1, b: 2 },
  ],
  [
    'allOf',
    { allOf: [object({ a: { const: 1 } }, ['a']), object({ b: { const: 2 } }, ['b'])] },
    { a: 1, b: 2 },
  ],
  ['a reference', { $ref: '#/$defs/it', $defs: { it: { const: 1 } } }, 1],
  ['an escaped reference', { $ref: '#/$defs/a~1b~0c', $defs: { 'a/b~c': { const: 1 } } }, 1],
  [
    'a reference to a reference',
    { $ref: '#/definitions/a', definitions: { a: { $ref: '#/definitions/b' }, b: { const: 1 } } },
    1,
  ],
  ['a reference into nothing', { $ref: '#/$defs/none' }, 'simulated value'],
  ['a reference to an address', { $ref: 'https://example.com/schema' }, 'simulated value'],
  ['a reference into a prototype', { $ref: '#/constructor' }, 'simulated value'],
  ['a reference to itself', { $ref: '#' }, 'simulated value'],
  ['true', true, 'simulated value'],
  ['nothing', undefined, 'simulated value'],
])('fills %s', (_name, schema, value) => {
  expect(fill(schema)).toEqual(value);
});

test('numbers stay within their bounds', () => {
  const bound = fc.integer({ min: -1_000, max: 1_000 });
  fc.assert(
    fc.property(
      bound,
      fc.nat(50),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      fc.boolean(),
      (minimum, room, step, seed, open) => {
        const maximum = minimum + room + step + 1;
        const bounds = open ? { exclusiveMinimum: minimum, exclusiveMaximum: maximum } : { minimum, maximum };
        const value = Number(fill({ type: 'integer', multipleOf: step, ...bounds }, seed));
        expect(Math.abs(value % step)).toBe(0);
        expect(value).toBeGreaterThanOrEqual(open ? minimum + 1 : minimum);
        expect(value).toBeLessThanOrEqual(open ? maximum - 1 : maximum);
      },
    ),
  );
});

test('a seed decides what is free', () => {
  const schema = { type: 'array', items: { enum: [1, 2, 3, 4, 5, 6, 7, 8] }, minItems: 8 };
  expect(fill(schema, 1)).toEqual(fill(schema, 1));
  expect(fill(schema, 1)).not.toEqual(fill(schema, 2));
});

interface Tree {
  name?: string;
  children?: Tree[];
}

test('schemas that contain themselves come to an end that they accept', () => {
  const tree = object({ name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } }, [
    'name',
    'children',
  ]);
  let node = fill(tree) as Tree | undefined;
  for (; node !== undefined; node = node.children?.[0]) {
    expect(node.name).toBe('simulated name');
    expect(node.children).toBeArray();
  }
  const list = object({ next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }, ['next']);
  expect(JSON.stringify(fill(list))).toEndWith('{"next":{"next":null}}}}');
  const wide = object(
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m${index}`, { $ref: '#' }])),
  );
  expect(JSON.stringify(fill(wide)).length).toBeLessThan(20_000);
});

test.each([
  ['an endless value', object({ a: { $ref: '#' } }, ['a'])],
  ['a very long array', { type: 'array', items: { type: 'array', items: {}, minItems: 1e9 }, minItems: 1e9 }],
  ['a very long text', { type: 'string', minLength: 1e9 }],
  ['numbers beyond numbers', { type: 'number', minimum: 1e308, exclusiveMinimum: 1e308, multipleOf: 1e-320 }],
  ['contradictions', { type: 'integer', minimum: 5, maximum: -5, multipleOf: 0 }],
  [
    'rules of the wrong type',
    { type: 7, enum: 'x', required: 5, properties: [], items: 3, anyOf: {}, minItems: 'a', $ref: 9 },
  ],
  ['a member of an odd name', object({ ['__proto__']: { const: 1 } }, ['__proto__', 'toString'])],
])('%s is filled within bounds', (_name, schema) => {
  const text = JSON.stringify(fill(schema));
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThan(100_000);
});

test('no schema makes it throw', () => {
  const keyword = fc.constantFrom(
    ...[
      'type',
      'properties',
      'required',
      'items',
      'prefixItems',
      'anyOf',
      'allOf',
      'oneOf',
      '$ref',
      'enum',
      'const',
      'default',
    ],
    ...['minimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'minItems', 'uniqueItems', 'format', 'a'],
  );
  const { schema } = fc.letrec((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(
        'string',
        'object',
        'array',
        'integer',
        '#',
        '#/items',
        null,
        true,
        0,
        -1,
        1e300,
        'a',
      ),
      fc.array(tie('schema'), { maxLength: 3 }),
      fc.dictionary(keyword, tie('schema'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(schema, (value) => {
      expect(() => JSON.stringify(fill(value))).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

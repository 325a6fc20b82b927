import { expect, test } from 'bun:test';
import { toEngineSchema } from './engine-schema.ts';

test('what the grammar knows is kept, what says nothing is dropped', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Person',
    type: 'object',
    properties: {
      name: { type: 'string', description: 'full name', maxLength: 50 },
      tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 3 },
    },
    required: ['name'],
    additionalProperties: false,
  };
  expect(toEngineSchema(schema)).toEqual({
    type: 'object',
    properties: {
      name: { type: 'string', maxLength: 50 },
      tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 3 },
    },
    additionalProperties: false,
  });
});

test('the same thing said in another way is translated', () => {
  expect(toEngineSchema({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toEqual({
    oneOf: [{ type: 'string' }, { type: 'null' }],
  });
  expect(toEngineSchema({ type: ['string', 'null'] })).toEqual({ type: ['string', 'null'] });
  expect(toEngineSchema({ type: ['object', 'null'], properties: {} })).toEqual({
    oneOf: [
      { type: 'object', properties: {} },
      { type: 'null', properties: {} },
    ],
  });
  expect(toEngineSchema({ $ref: '#/definitions/a', definitions: { a: { type: 'null' } } })).toEqual({
    $ref: '#/$defs/a',
    $defs: { a: { type: 'null' } },
  });
});

test('what has properties is an object, and what has items is a list', () => {
  expect(toEngineSchema({ properties: { a: { items: { type: 'null' } } } })).toEqual({
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'null' } } },
  });
});

const nested = (depth: number): object =>
  depth === 0 ? { type: 'null' } : { type: 'array', items: nested(depth - 1) };
const many = (count: number) => Array.from({ length: count }, (_, index) => `value ${index}`);
const wide = Object.fromEntries(many(600).map((name) => [name, { type: 'null' }]));

test.each<[string, object]>([
  ['a pattern', { type: 'string', pattern: '^a' }],
  ['a bound of a number', { type: 'integer', minimum: 3 }],
  ['a format of the world', { type: 'string', format: 'email' }],
  ['a huge list', { type: 'array', items: { type: 'null' }, maxItems: 1e9 }],
  ['a deep nest', nested(1_000)],
  ['many properties', { type: 'object', properties: wide }],
  ['a long list of words', { enum: many(100_000) }],
  ['a long word', { const: 'x'.repeat(1_000) }],
  ['something that is no schema', { type: 'array', items: 'text' }],
  ['nothing to choose from', { oneOf: [] }],
  ['an unknown type', { type: 'banana' }],
  ['no type at all', { description: 'anything' }],
  ['a constant with parts', { const: { a: 1 } }],
  ['a reference to nowhere', { $ref: '#/$defs/a' }],
  ['a reference to another document', { $ref: 'https://example.com/schema.json' }],
])('%s cannot be promised and is refused', (_name, schema) => {
  expect(() => toEngineSchema(schema)).toThrow(
    expect.objectContaining({ status: 400, code: 'invalid_schema' }),
  );
});

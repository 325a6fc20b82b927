import * as z from 'zod';
import type { ApiRoute } from './api-route.ts';
import type { Guard } from './guards.ts';
import { namedSchemas } from './wire/named-schemas.ts';

type Json = Record<string, unknown>;

/** The description of a table of routes, as OpenAPI 3.1: made from the schemas that are enforced. */
export function openApiDocument(routes: readonly ApiRoute[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Turnpike console API',
      version,
      description:
        'What the console and the chat are built on. Money is ticks as decimal text (10,000,000,000 are one US dollar), times are milliseconds since the epoch. A person is known by their session cookie.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' } },
      schemas: componentsOf(paths),
    },
  };
}

function describe(route: ApiRoute): Json {
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.path.split('/')[1]],
    description: route.guards.map(guardWords).join(' '),
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done.',
        content:
          typeof route.output === 'string'
            ? { [route.output]: { schema: { type: 'string' } } }
            : { 'application/json': { schema: outputOf(route.output) } },
      },
      default: {
        description: 'Not done; the code says why.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function operationId({ method, path }: ApiRoute): string {
  const words = path.split('/').filter((part) => part !== '');
  const name = words.map((part) => (part.startsWith(':') ? `By-${part.slice(1)}` : part)).join('-');
  return `${method.toLowerCase()}-${name}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function guardWords(guard: Guard): string {
  if (guard.kind === 'anyone') return 'For anybody, without a session.';
  if (guard.kind === 'signed-in') return 'For anybody who is signed in.';
  if (guard.kind === 'operator') return 'For owner and administrators of the installation.';
  return guard.roles.length === 0
    ? 'For members of the team.'
    : `For members of the team with the role ${guard.roles.join(' or ')}.`;
}

function pathParameters({ path }: ApiRoute): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: ApiRoute): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const COMPONENTS = '#/components/schemas/';

/** A schema with a name of its own is described once. */
function outputOf(schema: z.ZodType): Json {
  const name = namedSchemas.get(schema)?.id;
  return name === undefined ? schemaOf(schema, 'output') : { $ref: COMPONENTS + name };
}

/** Those that the paths refer to, and those that these refer to. */
function componentsOf(paths: Json): Json {
  const { schemas } = z.toJSONSchema(namedSchemas, {
    io: 'output',
    unrepresentable: 'any',
    uri: (id) => COMPONENTS + id,
  });
  const components: Json = {};
  const waiting = referredTo(paths);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const schema = schemas[name];
    if (schema === undefined || components[name] !== undefined) continue;
    const { $schema: _, $id: __, ...document } = schema;
    components[name] = document;
    waiting.push(...referredTo(document));
  }
  return components;
}

function referredTo(document: Json): string[] {
  return [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
    ([, name = '']) => name,
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...document } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return document;
}

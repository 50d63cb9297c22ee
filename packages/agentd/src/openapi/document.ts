import { z } from 'zod';
import { isStream } from '../contract/endpoint.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import { ErrorAnswer } from '../http/error-answer.ts';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

function parameters(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }));
}

function content(type: string, schema: z.ZodType, io: 'input' | 'output'): Json {
  return { content: { [type]: { schema: schemaOf(schema, io) } } };
}

const failures: Json = { default: { $ref: '#/components/responses/failure' } };
const failure: Json = {
  description: 'What happened and what to do.',
  ...content('application/json', ErrorAnswer, 'output'),
};

function operation(name: string, endpoint: Endpoint): Json {
  const common = {
    operationId: name,
    summary: endpoint.summary,
    'x-right': endpoint.right,
    ...(endpoint.right === 'nobody' ? { security: [] } : {}),
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
  };
  if (isStream(endpoint)) {
    return {
      ...common,
      responses: {
        200: {
          description: 'Server-sent events; the data of each is:',
          ...content('text/event-stream', endpoint.event, 'output'),
        },
        ...failures,
      },
    };
  }
  const body =
    endpoint.method === 'GET' || endpoint.method === 'DELETE'
      ? {}
      : { requestBody: { required: true, ...content('application/json', endpoint.body, 'input') } };
  const key = endpoint.writes
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }]
    : [];
  return {
    ...common,
    parameters: [...common.parameters, ...key],
    ...body,
    responses: {
      200: { description: 'The answer.', ...content('application/json', endpoint.answer, 'output') },
      ...failures,
    },
  };
}

/** The OpenAPI 3.1 document of the agent, made from the table of endpoints. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Auto-DevOps agent',
      version,
      description: 'Jamie reads a cluster, Scarlet changes it. The one door of every surface.',
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, responses: { failure } },
    security: [{ token: [] }],
    paths,
  };
}

import type { Context } from 'hono';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { z } from 'zod';
import { isStream } from '../contract/endpoint.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { deepestNesting, isTooDeep } from './nesting.ts';

/** No request of ours is larger. */
export const largestBody = 1_000_000;

function bad(where: string, error: z.ZodError): AutoDevOpsError {
  const issues = error.issues.slice(0, 5).map((issue) => `${[where, ...issue.path].join('.')}: ${issue.message}`);
  return new AutoDevOpsError(
    'usage',
    `The request is not as it has to be: ${issues.join('; ')}.`,
    'See /openapi.json for what it takes.',
  );
}

function parsed(schema: z.ZodType, value: unknown, where: string): unknown {
  const read = schema.safeParse(value);
  if (!read.success) throw bad(where, read.error);
  return read.data;
}

async function bodyOf(context: Context): Promise<unknown> {
  const declared = Number(context.req.header('content-length') ?? '0');
  if (declared > largestBody) {
    throw new AutoDevOpsError('usage', `The request is larger than ${largestBody} bytes.`, 'Send less.');
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of context.req.raw.body ?? []) {
    size += piece.byteLength;
    if (size > largestBody) {
      throw new AutoDevOpsError('usage', `The request is larger than ${largestBody} bytes.`, 'Send less.');
    }
    pieces.push(piece);
  }
  if (size === 0) return {};
  if (!/^application\/json\b/.test(context.req.header('content-type') ?? '')) {
    throw new AutoDevOpsError('usage', 'The request is not JSON.', 'Send Content-Type: application/json.');
  }
  const body = jsonIn(Buffer.concat(pieces));
  if (isTooDeep(body)) {
    throw new AutoDevOpsError(
      'usage',
      `The request is nested more than ${deepestNesting} levels deep.`,
      'Send what is asked for; see /openapi.json.',
    );
  }
  return body;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new AutoDevOpsError('usage', 'The request is no JSON that can be read.', 'Send valid JSON in UTF-8.');
  }
}

export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** The request as the endpoint's schemas read it; anything else is refused with the place and the reason. */
export async function readInput(endpoint: Endpoint, context: Context): Promise<Input> {
  return {
    params: parsed(endpoint.params, context.req.param(), 'path'),
    query: parsed(endpoint.query, context.req.query(), 'query'),
    body: isStream(endpoint) || endpoint.method === 'GET' ? {} : parsed(endpoint.body, await bodyOf(context), 'body'),
  };
}

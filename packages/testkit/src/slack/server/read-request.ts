import type { IncomingMessage } from 'node:http';
import { SlackError } from './slack-error.ts';

const longest = 50 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > longest) throw new SlackError('request_too_large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/**
 * Arguments as they were sent, by form or as JSON, those of the address included.
 * https://docs.slack.dev/apis/web-api#post-bodies
 */
export async function readArguments(
  body: Buffer,
  contentType: string,
  query: URLSearchParams,
): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = Object.fromEntries(query);
  if (body.length === 0) return given;
  if (contentType.startsWith('application/json')) return { ...given, ...readJson(body) };
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { ...given, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  }
  if (contentType.startsWith('multipart/form-data')) return { ...given, ...(await readMultipart(body, contentType)) };
  throw new SlackError(contentType === '' ? 'missing_post_type' : 'invalid_post_type');
}

function readJson(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new SlackError('invalid_json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SlackError('json_not_object');
  return value as Record<string, unknown>;
}

async function readMultipart(body: Buffer, contentType: string): Promise<Record<string, unknown>> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const entries = [...form].map(
      async ([name, value]) =>
        [name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer())] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  } catch {
    throw new SlackError('invalid_form_data');
  }
}

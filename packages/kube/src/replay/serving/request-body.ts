import type { IncomingMessage } from 'node:http';
import { failure, StatusError } from './status.ts';

const mostBytes = 1024 * 1024;

/** The body as text. Throws the Status 413 of the API server when it is larger than 1 MiB. */
export async function readRequestBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size > mostBytes) {
      throw new StatusError(
        failure({
          code: 413,
          message: `Request entity too large: limit is ${mostBytes}`,
          reason: 'RequestEntityTooLarge',
          details: {},
        }),
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

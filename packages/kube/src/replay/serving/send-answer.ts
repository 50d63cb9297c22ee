import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer, WholeAnswer } from './answer.ts';
import type { Fault } from './fault.ts';
import { malform, outletOf } from './outlet.ts';

/** Bodies from this size on are compressed for clients that take it, as with the API server. */
const gzipFromBytes = 128 * 1024;
const compress = promisify(gzip);

interface Sending {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
}

function takesGzip(request: IncomingMessage): boolean {
  return /(?:^|,)\s*gzip\s*(?:,|;(?!\s*q=0(?:\.0*)?\s*(?:,|$))|$)/.test(
    String(request.headers['accept-encoding'] ?? ''),
  );
}

function bodyOf({ body }: WholeAnswer, fault: Fault | undefined): Buffer {
  return fault?.kind === 'malformed' ? Buffer.from(malform(body.toString())) : Buffer.from(body);
}

async function sendWhole(answer: WholeAnswer, sending: Sending): Promise<void> {
  const { request, response, fault } = sending;
  const plain = bodyOf(answer, fault);
  const packed =
    request.method === 'GET' && plain.length > gzipFromBytes && takesGzip(request)
      ? await compress(plain, { level: 1 })
      : undefined;
  const body = packed ?? plain;
  const encoding = packed === undefined ? {} : { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' };
  const headers = {
    'Cache-Control': 'no-cache, private',
    'Content-Type': answer.contentType,
    ...answer.headers,
    ...encoding,
  };
  if (response.destroyed) return;
  // Without a length even a cut after the last byte is seen as one: the last chunk is missing.
  response.writeHead(answer.code, fault?.kind === 'cut' ? headers : { ...headers, 'Content-Length': body.length });
  const outlet = outletOf(response, fault?.kind === 'malformed' ? undefined : fault);
  outlet.write(body);
  outlet.end();
}

/** Writes an answer, with the fault that is to befall it. */
export async function sendAnswer(answer: Answer, sending: Sending): Promise<void> {
  const { response, fault } = sending;
  if (fault?.kind === 'cut' && fault.afterBytes <= 0) return void response.destroy();
  if (!('stream' in answer)) return sendWhole(answer, sending);
  response.writeHead(200, { 'Cache-Control': 'no-cache, private', 'Content-Type': 'application/json' });
  response.flushHeaders();
  const stop = answer.stream(outletOf(response, fault));
  response.once('close', stop);
}

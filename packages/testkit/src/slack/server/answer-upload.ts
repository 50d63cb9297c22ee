import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';
import { isProcessed } from '../methods/files.ts';
import { authenticate, givenToken } from './authentication.ts';
import { readArguments, readBody } from './read-request.ts';
import { SlackError } from './slack-error.ts';

/** `POST /upload/v1/…`: bytes of a file, plain or as a form, to the address that was given out for them. */
export async function answerUpload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname }: URL,
): Promise<boolean> {
  if (!pathname.startsWith('/upload/v1/')) return false;
  const file = [...world.state.files.values()].find(({ uploadToken }) => pathname === `/upload/v1/${uploadToken}`);
  const body = await readBody(request);
  const fault = world.faults.strike('upload', file?.app ?? '');
  if (fault?.kind === 'down') {
    request.socket.destroy();
    return true;
  }
  if (file === undefined || file.completedAt !== undefined || fault?.kind === 'server-error') {
    response.writeHead(file === undefined ? 404 : 500).end('error');
    return true;
  }
  const content = await bytesOf(body, request.headers['content-type'] ?? '');
  file.content = content;
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${content.length}`);
  return true;
}

async function bytesOf(body: Buffer, type: string): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body;
  const parts = Object.values(await readArguments(body, type, new URLSearchParams()));
  const bytes = parts.find((part) => Buffer.isBuffer(part));
  return bytes ?? Buffer.from(String(parts[0] ?? ''));
}

/** `GET /files-pri/…`: a file's bytes, for an app of its workspace that may read files. */
export function answerDownload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname }: URL,
): boolean {
  const [, id] = /^\/files-pri\/[^/]+-(F[0-9A-Z]+)\//.exec(pathname) ?? [];
  if (id === undefined) return false;
  const file = world.state.files.get(id);
  const isAllowed = mayRead(world, givenToken(request.headers, {}), file?.team ?? '');
  if (file?.content === undefined || !isAllowed || !isProcessed(world, file)) {
    response.writeHead(isAllowed ? 404 : 302, isAllowed ? {} : { location: '/' }).end();
    return true;
  }
  response.writeHead(200, { 'content-type': file.mimetype }).end(file.content);
  return true;
}

function mayRead(world: World, token: string, team: string): boolean {
  try {
    const { token: known, installed } = authenticate(world.state, token, world.clock.now());
    return known.scopes.includes('files:read') && installed?.team.id === team;
  } catch (error) {
    if (error instanceof SlackError) return false;
    throw error;
  }
}

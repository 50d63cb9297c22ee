import { request } from 'node:http';
import { carriedFetch } from './carried-fetch.ts';

/** `fetch` over a Unix socket, or a named pipe of Windows. */
export function socketFetch(path: string): (request: Request) => Promise<Response> {
  return carriedFetch(request, { socketPath: path });
}

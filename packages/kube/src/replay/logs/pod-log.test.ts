import { afterAll, beforeAll, expect, it } from 'vitest';
import { read } from '../read-replay.ts';
import { startReplayServer } from '../replay-server.ts';
import type { ReplayServer } from '../replay-server.ts';
import { smallRecording } from '../small-recording.ts';

let server: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer(smallRecording);
});
afterAll(() => server.close());

it.each([
  ['shop/pods/web-1/log', 'one\nzwö\nthree\n'],
  ['shop/pods/web-1/log?container=app&tailLines=1', 'three\n'],
  ['shop/pods/web-1/log?tailLines=0', ''],
  ['shop/pods/web-1/log?tailLines=9&timestamps=true&limitBytes=34', '2026-01-01T00:00:01.000000000Z one'],
  ['shop/pods/web-1/log?sinceSeconds=28', 'zwö\nthree\n'],
  ['shop/pods/web-1/log?sinceTime=2026-01-01T00:00:10Z', 'three\n'],
  ['data/pods/db-0/log', 'plain\nlines'],
  ['data/pods/db-0/log?previous=true', 'before\n'],
  ['data/pods/db-0/log?tailLines=1&timestamps=true', '2026-01-01T00:00:00.000000000Z lines'],
])('gives %s', async (path, text) => {
  const answer = await read(`${server.url}/api/v1/namespaces/${path}`);
  expect(answer.text).toBe(text);
  expect(answer.headers.get('content-type')).toBe('text/plain');
});

it('cuts at a byte, even within a character', async () => {
  const response = await fetch(`${server.url}/api/v1/namespaces/shop/pods/web-1/log?limitBytes=7`);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from('one\nzwö').subarray(0, 7));
});

it.each([
  [
    'shop/pods/web-2/log',
    400,
    'a container name must be specified for pod web-2, choose one of: [app sidecar] or one of the init containers: [prepare]',
  ],
  ['shop/pods/web-2/log?container=x', 400, 'container x is not valid for pod web-2'],
  [
    'shop/pods/web-2/log?container=sidecar',
    400,
    'container "sidecar" in pod "web-2" is waiting to start: ContainerCreating',
  ],
  ['shop/pods/web-2/log?container=app', 404, 'the server could not find the requested resource ( pods/log web-2)'],
  ['shop/pods/web-1/log?previous=true', 400, 'previous terminated container "app" in pod "web-1" not found'],
  ['shop/pods/no/log', 404, 'pods "no" not found'],
  [
    'shop/pods/no/log?tailLines=-1',
    422,
    'PodLogOptions "no" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    'shop/pods/web-1/log?limitBytes=0',
    422,
    'PodLogOptions "web-1" is invalid: limitBytes: Invalid value: 0: must be greater than 0',
  ],
  ['shop/pods/web-1/log?tailLines=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  ['shop/pods/web-1/exec', 404, 'the server could not find the requested resource'],
])('answers %s with %i', async (path, code, message) => {
  const answer = await read(`${server.url}/api/v1/namespaces/${path}`);
  expect(answer.code).toBe(code);
  expect(JSON.parse(answer.text)).toMatchObject({ kind: 'Status', message });
});

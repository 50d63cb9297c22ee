import { afterEach, expect, it } from 'vitest';
import type { Fault, FaultRequest } from './fault.ts';
import { read, readEvents } from '../read-replay.ts';
import { startReplayServer } from '../replay-server.ts';
import type { ReplayServer } from '../replay-server.ts';
import { smallRecording } from '../small-recording.ts';

let server: ReplayServer;

async function startWith(fault: Fault | ((request: FaultRequest) => Fault | undefined)): Promise<string> {
  server = await startReplayServer(smallRecording, { fault: typeof fault === 'function' ? fault : () => fault });
  return `${server.url}/api/v1/pods`;
}

afterEach(() => server.close());

it('answers with a status', async () => {
  const answer = await read(await startWith({ kind: 'status', code: 429, retryAfterSeconds: 7, message: 'slow down' }));
  expect(answer.code).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('7');
  expect(JSON.parse(answer.text)).toMatchObject({
    kind: 'Status',
    reason: 'TooManyRequests',
    message: 'slow down',
    details: { retryAfterSeconds: 7 },
  });
});

it('never answers', async () => {
  await expect(read(await startWith({ kind: 'hang' }), { signal: AbortSignal.timeout(300) })).rejects.toThrow(
    /timeout/,
  );
});

it.each([0, 20, 100_000])('cuts the connection after %i bytes', async (afterBytes) => {
  await expect(read(await startWith({ kind: 'cut', afterBytes }))).rejects.toThrow(/terminated|fetch failed/);
});

it('lets exactly so many bytes through before the cut', async () => {
  const response = await fetch(await startWith({ kind: 'cut', afterBytes: 20 }));
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value).toHaveLength(20);
  await expect(reader?.read()).rejects.toThrow('terminated');
});

it('cuts a watch', async () => {
  await expect(readEvents(`${await startWith({ kind: 'cut', afterBytes: 30 })}?watch=1`)).rejects.toThrow('terminated');
});

it('breaks the JSON of lists and of every event', async () => {
  const url = await startWith({ kind: 'malformed' });
  const answer = await read(url);
  expect(answer.code).toBe(200);
  expect(() => JSON.parse(answer.text)).toThrow(/JSON/);
  await expect(readEvents(`${url}?watch=1&timeoutSeconds=1`)).rejects.toThrow(/JSON/);
});

it('answers slowly', async () => {
  const begun = performance.now();
  const answer = await read(await startWith({ kind: 'slow', bytesPerSecond: 2000 }));
  expect(JSON.parse(answer.text)).toMatchObject({ kind: 'PodList' });
  expect(performance.now() - begun).toBeGreaterThan(200);
});

it('is gone: with a code for lists, in the stream for watches', async () => {
  const url = await startWith({ kind: 'gone' });
  expect((await read(url)).code).toBe(410);
  expect(await readEvents(`${url}?watch=1`)).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
});

it('answers with a page', async () => {
  const answer = await read(await startWith({ kind: 'html' }));
  expect(answer).toMatchObject({ code: 200, text: expect.stringContaining('<!DOCTYPE html>') });
});

it('chooses by request', async () => {
  const url = await startWith((request) =>
    request.index === 0 && request.path === '/api/v1/pods' && request.query.get('limit') === '1' && !request.isWatch
      ? { kind: 'status', code: 500 }
      : undefined,
  );
  expect((await read(`${url}?limit=1`)).code).toBe(500);
  expect((await read(`${url}?limit=1`)).code).toBe(200);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { socketFetch } from './socket-fetch.ts';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

it('an answer that goes on is cut by the signal, also when nobody holds the request any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-carried-'));
  const server = createServer();
  const gone = once(server, 'request').then(async ([, response]: unknown[]) => {
    (response as ServerResponse).write('first');
    await once(response as ServerResponse, 'close');
    return 'gone';
  });
  const path = join(folder, 's');
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ending = new AbortController();
  const answer = await socketFetch(path)(
    new Request('http://localhost/events', { signal: AbortSignal.any([ending.signal, AbortSignal.timeout(600_000)]) }),
  );
  const reader = answer.body?.getReader();
  await reader?.read();
  const rest = reader?.read().then(
    () => 'read on',
    () => 'cut off',
  );
  for (let rounds = 0; rounds < 5; rounds += 1) {
    await sleep(10);
    collectGarbage();
  }
  ending.abort();
  expect(await Promise.race([rest, sleep(5000, 'still there')])).toBe('cut off');
  expect(await Promise.race([gone, sleep(5000, 'still there')])).toBe('gone');
});

import { Worker } from 'node:worker_threads';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { createKubeClient } from './client.ts';
import { deadline } from './deadline.ts';

const steps = { asked: 0, go: 1, answered: 2, port: 3, never: 4 } as const;

/** In a thread of its own: takes a request, waits for the word, answers the first half or all of it. */
const server = `
const { createServer } = require('node:http');
const { workerData: { flags, half } } = require('node:worker_threads');
const tell = (index, value = 1) => { Atomics.store(flags, index, value); Atomics.notify(flags, index); };
const text = '{"gitVersion":"v1.36.0"}';
const server = createServer((request, response) => {
  const rest = () => {
    tell(${steps.asked});
    Atomics.wait(flags, ${steps.go}, 0);
    response.end(half ? text.slice(8) : text, () => setTimeout(() => tell(${steps.answered}), 20));
  };
  if (half) response.write(text.slice(0, 8), rest);
  else rest();
});
server.listen(0, '127.0.0.1', () => tell(${steps.port}, server.address().port));
`;

/** Asks with this deadline; once the request was taken, this thread has no turn until long after the answer came. */
async function askWhileBusy(deadlines: { readonly header?: number; readonly idle?: number }): Promise<unknown> {
  const flags = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(server, { eval: true, workerData: { flags, half: deadlines.idle !== undefined } });
  const until = async (index: number): Promise<void> => {
    while (Atomics.load(flags, index) === 0) await pause(2);
  };
  await until(steps.port);
  const client = createKubeClient(plainAccess('x', `http://127.0.0.1:${Atomics.load(flags, steps.port)}`));
  onTestFinished(async () => {
    client.close();
    await worker.terminate();
  });
  const answer = client.json({ path: '/version', deadlines });
  await until(steps.asked);
  await pause(50);
  // Of the event loop's phases the timers come next, and only then what has come in.
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  Atomics.store(flags, steps.go, 1);
  Atomics.notify(flags, steps.go);
  Atomics.wait(flags, steps.answered, 0, 20_000);
  Atomics.wait(flags, steps.never, 0, 1_100);
  return answer;
}

describe('a deadline', () => {
  it('is not missed by an answer that had come while this process had no turn', async () => {
    expect(await askWhileBusy({ header: 1_000 })).toEqual({ gitVersion: 'v1.36.0' });
  });

  it('is not missed by the rest of an answer either', async () => {
    expect(await askWhileBusy({ idle: 1_000 })).toEqual({ gitVersion: 'v1.36.0' });
  });

  it('that was cancelled is not called, not even in its last turn', async () => {
    let calls = 0;
    const cancel = deadline(5, () => {
      calls++;
    });
    const cancelled = new Promise<void>((resolve) => {
      setTimeout(() => {
        cancel();
        resolve();
      }, 5);
    });
    // Both are due when this ends, and are called one after the other, in the same turn.
    const blocked = performance.now() + 20;
    while (performance.now() < blocked);
    await cancelled;
    await pause(20);
    expect(calls).toBe(0);
  });

  it('is called when nothing came', async () => {
    await new Promise<void>((resolve) => {
      deadline(5, resolve);
    });
  });
});

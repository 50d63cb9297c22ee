import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { FaultRequest, ReplayOptions } from '../../packages/kube/src/replay/replay-server.ts';
import { expectFailure } from './failure-sentence.ts';
import type { Running } from './run-command.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod, smallCluster } from './small-cluster.ts';
import { until } from './until.ts';

const look = ['diagnose', '-o', 'json'];
const interrupted = {
  exit: 130,
  code: 'interrupted',
  says: 'Interrupted.',
  todo: 'Start it again when you are ready.',
};

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until it came to the point, then sends the signal: the run has to end by it, soon and in a sentence. */
async function endsBy(signal: NodeJS.Signals, running: Running, isReached: () => boolean): Promise<void> {
  await until('the run came to the point', isReached);
  const began = performance.now();
  running.send(signal);
  expectFailure(await running.ended, interrupted);
  expect(performance.now() - began).toBeLessThan(10_000);
}

/** A fault that lets the first lists through and then answers no more, and how many were asked for. */
function hanging(): { readonly options: ReplayOptions; readonly asked: () => number } {
  let asked = 0;
  const fault = (request: FaultRequest): { kind: 'hang' } | undefined =>
    request.query.has('limit') && ++asked > 3 ? { kind: 'hang' } : undefined;
  return { options: { fault }, asked: () => asked };
}

async function readingHangs(scene: Scene): Promise<() => boolean> {
  const { options, asked } = hanging();
  await scene.replay(smallCluster([crashingPod('web-1')]), options);
  return () => asked() > 4;
}

/** Serves a cluster whose kubelet does not answer: a capture begins its archive and then waits for the logs. */
async function logsHang(scene: Scene): Promise<void> {
  await scene.replay(smallCluster([crashingPod('web-1')]), {
    fault: ({ path }) => (path.endsWith('/log') ? { kind: 'hang' } : undefined),
  });
}

function archives(scene: Scene): readonly string[] {
  return readdirSync(scene.folder).filter((name) => name.includes('tar.gz'));
}

describe.concurrent('the signal', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`${signal} ends a run in the middle of reading`, async ({ scene }) => {
      const isReached = await readingHangs(scene);
      await endsBy(signal, scene.start(look), isReached);
    });

    it(`${signal} ends a capture, which leaves nothing behind`, async ({ scene }) => {
      await logsHang(scene);
      const running = scene.start(['capture', '-o', 'out.tar.gz']);
      await until('the archive was begun', () => archives(scene).length > 0);
      running.send(signal);
      const ran = await running.ended;
      expect([ran.code, ran.stderr]).toEqual([130, 'Error: Interrupted.\nStart it again when you are ready.\n']);
      expect(archives(scene)).toEqual([]);
    });
  }

  it('SIGINT ends a run while nobody answers', async ({ scene }) => {
    let connected = 0;
    scene.kubeconfig({
      server: `http://127.0.0.1:${await scene.tcp(() => {
        connected++;
      })}`,
    });
    await endsBy('SIGINT', scene.start(look), () => connected > 0);
  });

  it('SIGINT ends a run while the API server wants to be left alone', async ({ scene }) => {
    let asked = 0;
    await scene.http((_, response) => {
      asked++;
      response.writeHead(429, { 'Retry-After': '9' }).end('{"kind":"Status"}');
    });
    await endsBy('SIGINT', scene.start(look), () => asked > 0);
  });

  it('SIGINT ends a run while a proxy does not answer', async ({ scene }) => {
    let connected = 0;
    const port = await scene.tcp(() => {
      connected++;
    });
    scene.kubeconfig({ server: 'https://cluster.example:6443', cluster: { 'proxy-url': `http://127.0.0.1:${port}` } });
    await endsBy('SIGINT', scene.start(look), () => connected > 0);
  });

  it('SIGINT ends a run while a credential plugin waits, and the plugin with it', async ({ scene }) => {
    const mark = join(scene.folder, 'started');
    scene.write('.kube/plugin', `#!/bin/sh\necho $$ > ${mark}.new; mv ${mark}.new ${mark}\nexec sleep 300\n`, 0o700);
    scene.kubeconfig({
      server: 'http://127.0.0.1:1',
      user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', interactiveMode: 'Never' } },
    });
    await endsBy('SIGINT', scene.start(look), () => existsSync(mark));
    const plugin = Number(readFileSync(mark, 'utf8'));
    await until('the plugin is gone', () => !isRunning(plugin), 10);
  });

  it('SIGINT for the second time ends at once whatever goes on', async ({ scene }) => {
    const isReached = await readingHangs(scene);
    const running = scene.start(look);
    await until('the run came to the point', isReached);
    running.send('SIGINT');
    running.send('SIGINT');
    expect((await running.ended).code).toBe(130);
  });
});

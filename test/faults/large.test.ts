import type { ServerResponse } from 'node:http';
import { describe, expect } from 'vitest';
import { diagnosisOf } from './diagnosis-json.ts';
import { passOn } from './pass-on.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod, moment, podEvent, runningPod, smallCluster } from './small-cluster.ts';

const look = ['diagnose', '-o', 'json'];
const lastWords = 'Error: connect ECONNREFUSED 10.96.0.10:5432';

/** A cluster with one crashing pod, whose logs are whatever is written. */
async function withLog(scene: Scene, write: (response: ServerResponse) => void): Promise<void> {
  const replay = await scene.replay(smallCluster([crashingPod('web-1')]));
  await scene.http((request, response) => {
    const { url = '/' } = request;
    if (!url.includes('/log?')) return passOn(replay.url + url, response);
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    return write(response);
  });
}

/** Writes the piece until so many bytes went out, then the last words; no faster than they are read. */
function pour(response: ServerResponse, piece: string, bytes: number): void {
  let sent = 0;
  const more = (): void => {
    while (sent < bytes && !response.destroyed) {
      sent += piece.length;
      if (!response.write(piece)) return;
    }
    if (!response.destroyed && !response.writableEnded) response.end(`\n${lastWords}\n`);
  };
  response.on('drain', more);
  more();
}

const megabyte = 2 ** 20;
const line = `2026-01-01T00:00:00.000000000Z ${'x'.repeat(96)}\n`;

// One after the other: they are work for the processor, and each has the product's own deadlines to keep.
describe('logs without measure', () => {
  it('50 MB from a server that knows no limits: the end counts, and memory stays small', async ({ scene }) => {
    await withLog(scene, (response) => pour(response, line.repeat(512), 50 * megabyte));
    const ran = await scene.run(look, { limitSeconds: 100 });
    const { verdict, causes } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(JSON.stringify(causes)).toContain('ECONNREFUSED 10.96.0.10:5432');
    expect(ran.megabytes).toBeLessThan(260);
  });

  it('one line of 50 MB', async ({ scene }) => {
    await withLog(scene, (response) => pour(response, 'x'.repeat(65_536), 50 * megabyte));
    const ran = await scene.run(look, { limitSeconds: 100 });
    expect([diagnosisOf(ran).verdict, ran.code]).toEqual(['problem', 1]);
    expect(ran.megabytes).toBeLessThan(260);
  });

  it('a log that never ends', async ({ scene }) => {
    await withLog(scene, (response) => {
      const timer = setInterval(() => response.write(line), 100);
      response.on('close', () => clearInterval(timer));
    });
    const ran = await scene.run(look);
    expect([diagnosisOf(ran).verdict, ran.code]).toEqual(['problem', 1]);
    expect(ran.megabytes).toBeLessThan(260);
  });

  it('a kubelet that does not answer', async ({ scene }) => {
    await withLog(scene, () => undefined);
    const ran = await scene.run(look);
    expect([diagnosisOf(ran).verdict, ran.code]).toEqual(['problem', 1]);
  });
});

describe('lists without measure', () => {
  it('a list whose page never ends is a blind spot', async ({ scene }) => {
    const replay = await scene.replay(smallCluster());
    await scene.http((request, response) => {
      const { url = '/' } = request;
      if (!url.startsWith('/api/v1/pods?')) return passOn(replay.url + url, response);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      return pour(
        response,
        `{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[${' '.repeat(megabyte)}`,
        400 * megabyte,
      );
    });
    const ran = await scene.run(look, { limitSeconds: 100 });
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['inconclusive', 2]);
    expect(blindSpots).toContainEqual({
      what: 'Pods',
      why: expect.stringMatching(/sends a list with a part that is larger than 8 MiB\.$/) as string,
      remedy: 'Check the server of the kubeconfig, and whether a proxy or a login page stands in between.',
    });
    expect(ran.megabytes).toBeLessThan(260);
  });

  it('a server that always has one more page, of pods as large as can be, does not use up the memory', async ({
    scene,
  }) => {
    const replay = await scene.replay(smallCluster());
    let pages = 0;
    await scene.http((request, response) => {
      const { url = '/' } = request;
      if (!url.startsWith('/api/v1/pods?')) return passOn(replay.url + url, response);
      pages += 1;
      const note = `${pages} ${'x'.repeat(megabyte)}`;
      const metadata = { name: `p-${pages}`, namespace: 'shop', uid: `u-${pages}`, annotations: { note } };
      const page = { metadata: { resourceVersion: '7', continue: `${pages}` }, items: [{ metadata }] };
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', ...page }));
    });
    const ran = await scene.run(look, { limitSeconds: 100, env: { NODE_OPTIONS: '--max-old-space-size=256' } });
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['inconclusive', 2]);
    expect(blindSpots).toContainEqual({
      what: 'Pods',
      why: expect.stringMatching(
        /sends more than can be held here \(\d+ MiB\): \/api\/v1\/pods was given up at object \d+, so what is there now is not known\.$/,
      ) as string,
      remedy: expect.stringContaining('Ask about one namespace') as string,
    });
    expect(pages).toBeLessThan(256);
    expect(ran.megabytes).toBeLessThan(400);
  });

  it('120,000 old events of a healthy cluster: the newest are kept, which is said', async ({ scene }) => {
    const old = Array.from({ length: 120_000 }, (_, i) => ({
      ...podEvent(`e${i}`, `gone-${i % 900}`),
      firstTimestamp: moment(-90_000 - i),
      lastTimestamp: moment(-86_400 - i),
    }));
    await scene.replay(smallCluster([runningPod('web-1'), ...old]));
    const ran = await scene.run(look, { limitSeconds: 150 });
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['healthy', 0]);
    expect(blindSpots).toEqual([
      {
        what: 'older Events',
        why: 'There are 120,000; the newest 100,000 were kept.',
        remedy: 'Ask about one namespace.',
      },
    ]);
    expect(ran.megabytes).toBeLessThan(500);
  });

  it('100,000 events and a log of 50 MB in a bundle', async ({ scene }) => {
    const events = Array.from({ length: 100_000 }, (_, i) =>
      JSON.stringify({
        ...podEvent(`e${i}`, `gone-${i % 900}`),
        firstTimestamp: moment(-90_000 - i),
        lastTimestamp: moment(-86_400 - i),
      }),
    );
    scene.write('bundle/events.json', `{"apiVersion":"v1","kind":"List","items":[${events.join(',')}]}`);
    scene.write('bundle/pods.json', JSON.stringify(crashingPod('web-1')));
    scene.write(
      'bundle/logs/shop/web-1/web.previous.log',
      `${line.repeat(Math.ceil((50 * megabyte) / line.length))}${lastWords}\n`,
    );
    const ran = await scene.run([...look, '--from', 'bundle'], { limitSeconds: 150 });
    const { verdict, causes } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(JSON.stringify(causes)).toContain('ECONNREFUSED 10.96.0.10:5432');
    expect(ran.megabytes).toBeLessThan(500);
  });

  it('5,000 pods that all crash are one screen, not five thousand', async ({ scene }) => {
    const pods = Array.from({ length: 5000 }, (_, i) => ({
      ...crashingPod(`web-${i}`),
      metadata: { name: `web-${i}`, namespace: 'shop', uid: `u${i}`, labels: { app: 'web' } },
    }));
    await scene.replay(smallCluster(pods));
    const ran = await scene.run(['diagnose'], { limitSeconds: 150 });
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(1);
    expect(ran.stdout.split('\n').length).toBeLessThan(120);
    expect(ran.megabytes).toBeLessThan(500);
  });
});

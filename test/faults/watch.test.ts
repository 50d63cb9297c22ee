import { describe, expect } from 'vitest';
import type { Fault, FaultRequest, ReplayOptions, ReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import { passOn } from './pass-on.ts';
import type { Running } from './run-command.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod, runningPod, smallCluster } from './small-cluster.ts';
import { until } from './until.ts';

const patience = 60;

/** Starts `diagnose --watch` on a healthy cluster and waits for its first answer. */
async function watching(
  scene: Scene,
  options: ReplayOptions = {},
  args: readonly string[] = [],
): Promise<{ readonly server: ReplayServer; readonly running: Running }> {
  const server = await scene.replay(smallCluster(), options);
  const running = scene.start(['diagnose', '--watch', ...args], { limitSeconds: 160 });
  await running.says(args.includes('json') ? '"what": "diagnosis"' : 'Watching.', patience);
  return { server, running };
}

async function endsCleanly(running: Running, code: number): Promise<void> {
  running.send('SIGINT');
  const ran = await running.ended;
  expect(ran.code).toBe(code);
  expect(ran.stderr).not.toMatch(/^Error/m);
}

function watchOf(plural: string): (request: FaultRequest) => boolean {
  return (request) => request.isWatch && request.path.endsWith(`/${plural}`);
}

describe.concurrent('--watch', () => {
  // It takes a minute: the others run meanwhile.
  it('lives on when the API server is started anew on the same port, and tells what changed meanwhile', async ({
    scene,
  }) => {
    const { server, running } = await watching(scene);
    const before = running.out();
    const port = Number(new URL(server.url).port);
    await server.close();
    await running.says(
      /Not seen: .* as of \d+ s ago, since when the API server has not answered\. The API server of context "faulty" \(http:\/\/127\.0\.0\.1:\d+\) refuses the connection: nothing listens there\. It is tried again\./,
      75,
    );
    // Etcd goes on counting where it was.
    const crashing = crashingPod('web-2');
    const later = { ...crashing, metadata: { ...(crashing['metadata'] as object), resourceVersion: '500000' } };
    const again = await scene.replay(smallCluster([runningPod('web-1'), later]));
    await scene.relay(port, new URL(again.url));
    await running.says(/\+ new .*web-2/s, 60);
    await running.says('What was not seen is seen again.', 60);
    expect(running.out().slice(before.length)).not.toContain('web-1 ');
    await endsCleanly(running, 1);
  });

  it('prints what changes and nothing else, and Ctrl-C ends it', async ({ scene }) => {
    const { server, running } = await watching(scene);
    const first = running.out();
    server.apply({ type: 'MODIFIED', object: runningPod('web-1') });
    server.apply({ type: 'ADDED', object: crashingPod('web-2') });
    await running.says(/\+ new .*web-2/s, patience);
    expect(running.out().slice(first.length)).not.toContain('web-1');
    server.apply({ type: 'DELETED', object: crashingPod('web-2') });
    await running.says(/- gone .*web-2/s, patience);
    await running.says('= now', patience);
    await endsCleanly(running, 0);
  });

  it('as JSON is one record a line', async ({ scene }) => {
    const { server, running } = await watching(scene, {}, ['-o', 'json']);
    server.apply({ type: 'ADDED', object: crashingPod('web-2') });
    await running.says('"what": "appeared"', patience);
    await endsCleanly(running, 1);
    const whats = running
      .out()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { what: string }).what);
    expect(whats[0]).toBe('diagnosis');
    expect(whats).toContain('appeared');
  });

  const faults: readonly (readonly [name: string, fault: Fault])[] = [
    ['a watch that is cut', { kind: 'cut', afterBytes: 0 }],
    ['a watch that is too old (410)', { kind: 'gone' }],
    ['a watch that sends damaged JSON', { kind: 'malformed' }],
    ['a watch that is answered with 500', { kind: 'status', code: 500 }],
    ['a watch that is answered with 429', { kind: 'status', code: 429, retryAfterSeconds: 1 }],
    ['a watch that is answered with a web page', { kind: 'html' }],
  ];
  for (const [name, fault] of faults) {
    it(`lives on after ${name}`, async ({ scene }) => {
      let left = 2;
      const isPods = watchOf('pods');
      const { server, running } = await watching(scene, {
        fault: (request) => (isPods(request) && left-- > 0 ? fault : undefined),
      });
      server.apply({ type: 'ADDED', object: crashingPod('web-2') });
      await running.says(/\+ new .*web-2/s, patience);
      await endsCleanly(running, 1);
    });
  }

  it('lives on when its token ends', async ({ scene }) => {
    const server = await scene.replay(smallCluster());
    let good = 'one';
    const url = await scene.http((request, response) => {
      if (request.headers.authorization !== `Bearer ${good}`) {
        return void response
          .writeHead(401, { 'Content-Type': 'application/json' })
          .end('{"kind":"Status","message":"Unauthorized"}');
      }
      // An API server ends the watches of a token that has ended.
      if (request.url?.includes('watch=') === true) ends.push(() => response.destroy());
      return passOn(server.url + (request.url ?? ''), response);
    });
    const ends: (() => void)[] = [];
    scene.write('.kube/token', good);
    scene.kubeconfig({ server: url, user: { tokenFile: 'token' } });
    const running = scene.start(['diagnose', '--watch'], { limitSeconds: 160 });
    await running.says('Watching.', patience);
    good = 'two';
    scene.write('.kube/token', good);
    for (const end of ends) end();
    server.apply({ type: 'ADDED', object: crashingPod('web-2') });
    await running.says(/\+ new .*web-2/s, patience);
    expect(running.err()).toBe('');
    await endsCleanly(running, 1);
  });

  it('of a cluster that is not there ends at once', async ({ scene }) => {
    scene.kubeconfig({ server: 'http://127.0.0.1:1' });
    const ran = await scene.run(['diagnose', '--watch']);
    expect(ran.stderr).toMatch(
      /^Error: The API server of context "faulty" \(http:\/\/127\.0\.0\.1:1\) refuses the connection: nothing listens there\.\nStart the cluster/,
    );
    expect(ran.code).toBe(69);
  });

  for (const [name, fault, why] of [
    ['never answers', { kind: 'hang' }, 'does not answer'],
    ['always fails', { kind: 'status', code: 500, message: 'etcd is away' }, 'etcd is away'],
  ] as const) {
    it(`does not wait for ever for a list that ${name}`, async ({ scene }) => {
      await scene.replay(smallCluster(), {
        fault: (request) => (request.path.endsWith('/configmaps') ? fault : undefined),
      });
      const running = scene.start(['diagnose', '--watch', '-v'], { limitSeconds: 120 });
      await running.says(/Watching\.|Error: /, 90);
      expect(`${running.out()}${running.err()}`.replaceAll(/\s+/g, ' ')).toContain(why);
      running.send('SIGINT');
      expect([2, 69]).toContain((await running.ended).code);
    });
  }

  it('ends when no list comes at all', async ({ scene }) => {
    await scene.replay(smallCluster(), {
      fault: (request) =>
        request.query.has('limit') ? { kind: 'status', code: 500, message: 'etcd is away' } : undefined,
    });
    const ran = await scene.run(['diagnose', '--watch']);
    expect(ran.stderr).toMatch(
      /^Error: The API server of context "faulty" \(http:\/\/127\.0\.0\.1:\d+\) fails with 500 for \/api\S+: etcd is away\.\nLook at the logs of the API server/,
    );
    expect(ran.code).toBe(69);
  });

  it('can be ended before the first answer', async ({ scene }) => {
    let asked = 0;
    await scene.replay(smallCluster(), {
      fault: (request) => (request.query.has('limit') && asked++ >= 0 ? { kind: 'hang' } : undefined),
    });
    const running = scene.start(['diagnose', '--watch']);
    await until('it asked for the lists', () => asked > 3);
    running.send('SIGINT');
    const ran = await running.ended;
    expect([ran.code, ran.stderr.split('\n')[0]]).toEqual([130, 'Error: Interrupted.']);
  });

  it('ends when whoever reads it leaves', async ({ scene }) => {
    const { server, running } = await watching(scene);
    running.closeOutput();
    server.apply({ type: 'ADDED', object: crashingPod('web-2') });
    const ran = await running.ended;
    expect(ran.stderr).toBe('');
    expect([0, 1]).toContain(ran.code);
  });

  it('where lists may be read but not watched reads them again', async ({ scene }) => {
    const server = await scene.replay(smallCluster(), {
      allow: (_resource, verb) => verb === 'get' || verb === 'list',
    });
    const running = scene.start(['diagnose', '--watch'], { limitSeconds: 160 });
    await running.says('Watching.', patience);
    server.apply({ type: 'ADDED', object: crashingPod('web-2') });
    await running.says(/\+ new .*web-2/s, 90);
    await endsCleanly(running, 1);
  });
});

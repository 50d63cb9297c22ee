import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { expectFailure } from './failure-sentence.ts';
import { it } from './scene.ts';
import { crashingPod, smallCluster } from './small-cluster.ts';

const sick = smallCluster(Array.from({ length: 30 }, (_, i) => ({ ...crashingPod(`web-${i}`), metadata: { name: `web-${i}`, namespace: 'shop', uid: `u${i}` } })));

function limited(blocks: number): readonly string[] {
  return ['sh', '-c', `ulimit -f ${blocks}; exec "$@"`, 'sh'];
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.concurrent('whoever reads the output', () => {
  for (const args of [['diagnose', '-v'], ['diagnose', '-o', 'json'], ['ask', 'what restarts most?'], ['graph'], ['help'], ['completion', 'bash'], ['version']]) {
    it(`may leave in the middle of \`${args.join(' ')}\``, async ({ scene }) => {
      await scene.replay(sick);
      const running = scene.start(args);
      running.closeOutput();
      const ran = await running.ended;
      expect(ran.stderr).toBe('');
      expect([0, 1]).toContain(ran.code);
    });
  }

  it('may see the first lines only', async ({ scene }) => {
    await scene.replay(sick);
    const ran = await scene.run(['diagnose', '-v'], { through: ['sh', '-c', '"$@" | head -n 1', 'sh'] });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('may be a full disk', async ({ scene }) => {
    if (!existsSync('/dev/full')) return;
    await scene.replay(sick);
    const ran = await scene.run(['diagnose'], { through: ['sh', '-c', 'exec "$@" > /dev/full', 'sh'] });
    expect(ran.stderr).toBe('Error: The output could not be written: no space left on the device.\nMake room, or write it somewhere else.\n');
    expect(ran.code).toBe(70);
  });
});

describe.concurrent('Ctrl-C', () => {
  it('in the middle of reading', async ({ scene }) => {
    let asked = 0;
    await scene.replay(sick, { fault: (request) => (request.query.has('limit') && ++asked > 3 ? { kind: 'hang' } : undefined) });
    const running = scene.start(['diagnose', '-o', 'json']);
    await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(4);
    const began = performance.now();
    running.send('SIGINT');
    expectFailure(await running.ended, { exit: 130, code: 'interrupted', says: 'Interrupted.', todo: '*' });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('while nobody answers', async ({ scene }) => {
    let connected = 0;
    scene.kubeconfig({ server: `http://127.0.0.1:${await scene.tcp(() => { connected++; })}` });
    const running = scene.start(['diagnose', '-o', 'json']);
    await expect.poll(() => connected, { timeout: 60_000 }).toBeGreaterThan(0);
    running.send('SIGINT');
    expectFailure(await running.ended, { exit: 130, code: 'interrupted', says: 'Interrupted.', todo: '*' });
  });

  it('while the API server wants to be left alone', async ({ scene }) => {
    let asked = 0;
    await scene.http((_, response) => { asked++; response.writeHead(429, { 'Retry-After': '9' }).end('{"kind":"Status"}'); });
    const running = scene.start(['diagnose', '-o', 'json']);
    await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(0);
    const began = performance.now();
    running.send('SIGINT');
    expectFailure(await running.ended, { exit: 130, code: 'interrupted', says: 'Interrupted.', todo: '*' });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('while a credential plugin waits', async ({ scene }) => {
    const mark = join(scene.folder, 'started');
    scene.write('.kube/plugin', `#!/bin/sh\necho $$ > ${mark}.new; mv ${mark}.new ${mark}\nexec sleep 300\n`, 0o700);
    scene.kubeconfig({ server: 'http://127.0.0.1:1', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', interactiveMode: 'Never' } } });
    const running = scene.start(['diagnose', '-o', 'json']);
    await expect.poll(() => existsSync(mark), { timeout: 60_000 }).toBe(true);
    const began = performance.now();
    running.send('SIGINT');
    expectFailure(await running.ended, { exit: 130, code: 'interrupted', says: 'Interrupted.', todo: '*' });
    expect(performance.now() - began).toBeLessThan(5000);
    const plugin = Number(readFileSync(mark, 'utf8'));
    await expect.poll(() => isRunning(plugin), { timeout: 5000 }).toBe(false);
  });

  it('while a proxy does not answer', async ({ scene }) => {
    let connected = 0;
    const port = await scene.tcp(() => { connected++; });
    scene.kubeconfig({ server: 'https://cluster.example:6443', cluster: { 'proxy-url': `http://127.0.0.1:${port}` } });
    const running = scene.start(['diagnose', '-o', 'json']);
    await expect.poll(() => connected, { timeout: 60_000 }).toBeGreaterThan(0);
    const began = performance.now();
    running.send('SIGINT');
    expectFailure(await running.ended, { exit: 130, code: 'interrupted', says: 'Interrupted.', todo: '*' });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('in the middle of a capture leaves nothing behind', async ({ scene }) => {
    let asked = 0;
    await scene.replay(sick, { fault: (request) => (request.query.has('limit') && ++asked > 3 ? { kind: 'hang' } : undefined) });
    const running = scene.start(['capture', '-o', 'out.tar.gz']);
    await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(4);
    running.send('SIGINT');
    const ran = await running.ended;
    expect(ran.code).toBe(130);
    expect(ran.stderr).toMatch(/^Error: Interrupted\./);
    expect(readdirSync(scene.folder).filter((name) => name.includes('tar.gz') || name.includes('bundle'))).toEqual([]);
  });
});

describe.concurrent('a capture that cannot be written', () => {
  const cases: readonly (readonly [name: string, output: string, says: RegExp, exit: readonly number[]])[] = [
    ['under a file', 'file/out.tar.gz', /^Error: .*file\/out\.tar\.gz could not be written: a part of its path is a file\.\nMake room, or give another place with --output\.\n$/, [69]],
    ['over something that is there', 'file', /^Error: There already is something at .*file\.\n\w.*\.\n$/, [64]],
    ['where nobody may write', '/proc/out.tar.gz', /^Error: \/proc\/out\.tar\.gz could not be written: .*\.\nMake room, or give another place with --output\.\n$/, [69]],
    ['under a name that is too long', `${'x'.repeat(300)}.tar.gz`, /^Error: .*xxx.* could not be written: its name is too long\.\nMake room, or give another place with --output\.\n$/, [69]],
  ];
  for (const [name, output, says, exits] of cases) {
    it(name, async ({ scene }) => {
      await scene.replay(sick);
      scene.write('file', 'mine');
      const ran = await scene.run(['capture', '-o', output]);
      expect(ran.stderr).toMatch(says);
      expect(exits).toContain(ran.code);
      expect(readFileSync(join(scene.folder, 'file'), 'utf8')).toBe('mine');
    });
  }

  it('because the disk is full', async ({ scene }) => {
    const large = Array.from({ length: 60 }, (_, i) => ({ ...crashingPod(`web-${i}`), metadata: { name: `web-${i}`, namespace: 'shop', annotations: { noise: Array.from({ length: 3000 }, (_, j) => ((i * 3000 + j) * 2654435761 % 4294967296).toString(36)).join(' ') } } }));
    await scene.replay(smallCluster(large));
    const ran = await scene.run(['capture', '-o', 'out.tar.gz'], { through: limited(64) });
    expect(ran.stderr).toMatch(/^Error: .*out\.tar\.gz could not be written: it became larger than files may be here\.\nMake room, or give another place with --output\.\n$/);
    expect(ran.code).toBe(69);
    expect(readdirSync(scene.folder).filter((file) => file.includes('tar.gz') || file.includes('bundle'))).toEqual([]);
  });
});

describe.concurrent('two at once', () => {
  it('give the same answer', async ({ scene }) => {
    await scene.replay(sick);
    const [one, other] = await Promise.all([1, 2].map(() => scene.run(['diagnose', '-o', 'json'])));
    const verdictOf = (text = '{}'): unknown => (JSON.parse(text) as { verdict: unknown }).verdict;
    expect(verdictOf(one?.stdout)).toBe('problem');
    expect(verdictOf(other?.stdout)).toBe('problem');
  });

  it('into one file leave a whole one, and the later is told', async ({ scene }) => {
    await scene.replay(sick);
    const both = await Promise.all([1, 2].map(() => scene.run(['capture', '-o', 'out.tar.gz'])));
    for (const { code, stderr } of both) {
      expect([0, 64]).toContain(code);
      if (code !== 0) expect(stderr).toMatch(/^Error: There already is something at .*out\.tar\.gz\.\n/);
    }
    expect(both.map(({ code }) => code)).toContain(0);
    expect((await scene.run(['diagnose', '--from', 'out.tar.gz', '-o', 'json'])).code).toBe(1);
  });
});

describe.concurrent('a home that is not there', () => {
  it('keeps nobody from an answer', async ({ scene }) => {
    const { url } = await scene.replay(sick);
    writeFileSync(join(scene.folder, 'kc'), readFileSync(join(scene.folder, '.kube/config')));
    const ran = await scene.run(['diagnose', '--kubeconfig', 'kc', '-o', 'json'], { env: { HOME: '/nowhere', XDG_STATE_HOME: '/proc/none' } });
    expect([url.startsWith('http'), ran.code]).toEqual([true, 1]);
  });
});

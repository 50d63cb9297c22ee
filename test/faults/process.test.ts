import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from './scene.ts';
import { crashingPod, smallCluster } from './small-cluster.ts';

const sick = smallCluster(
  Array.from({ length: 30 }, (_, i) => ({
    ...crashingPod(`web-${i}`),
    metadata: { name: `web-${i}`, namespace: 'shop', uid: `u${i}` },
  })),
);

describe.concurrent('whoever reads the output', () => {
  for (const args of [
    ['diagnose', '-v'],
    ['diagnose', '-o', 'json'],
    ['ask', 'what restarts most?'],
    ['graph'],
    ['help'],
    ['completion', 'bash'],
    ['version'],
  ]) {
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
    const ran = await scene.run(['diagnose', '--kubeconfig', 'kc', '-o', 'json'], {
      env: { HOME: '/nowhere', XDG_STATE_HOME: '/proc/none' },
    });
    expect([url.startsWith('http'), ran.code]).toEqual([true, 1]);
  });
});

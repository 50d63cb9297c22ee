import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { it } from './scene.ts';
import { crashingPod, smallCluster } from './small-cluster.ts';

const sick = smallCluster([crashingPod('web-1')]);
const full =
  'Error: The output could not be written: no space left on the device.\nMake room, or write it somewhere else.\n';

describe.concurrent('the standard output is a full disk', () => {
  for (const args of [
    ['diagnose'],
    ['diagnose', '-o', 'json'],
    ['diagnose', '--watch'],
    ['ask', 'what restarts most?'],
    ['changes'],
    ['graph'],
    ['doctor'],
    ['help'],
    ['completion', 'bash'],
    ['version'],
  ]) {
    it(`of \`${args.join(' ')}\``, async ({ scene, skip }) => {
      if (!existsSync('/dev/full')) return skip('this system has no /dev/full');
      await scene.replay(sick);
      const ran = await scene.run(args, { through: ['sh', '-c', 'exec "$@" > /dev/full', 'sh'] });
      return expect([ran.stderr, ran.code]).toEqual([full, 70]);
    });
  }

  it('and the standard error too: the exit code says it', async ({ scene, skip }) => {
    if (!existsSync('/dev/full')) return skip('this system has no /dev/full');
    await scene.replay(sick);
    return expect(
      (await scene.run(['diagnose'], { through: ['sh', '-c', 'exec "$@" > /dev/full 2> /dev/full', 'sh'] })).code,
    ).toBe(70);
  });
});

/** Files may not become larger than so many blocks of 512 bytes. */
function limited(blocks: number): readonly string[] {
  return ['sh', '-c', `ulimit -f ${blocks}; exec "$@"`, 'sh'];
}

/** With a disk of its own of so many kilobytes at `place`; undefined where that cannot be had. */
function withSmallDisk(place: string, kilobytes: number): readonly string[] | undefined {
  const through = [
    'unshare',
    '--map-root-user',
    '--mount',
    'sh',
    '-c',
    `mount -t tmpfs -o size=${kilobytes}k none '${place}' && exec "$@"`,
    'sh',
  ];
  const [program = '', ...args] = through;
  return spawnSync(program, [...args, 'true'], { timeout: 10_000 }).status === 0 ? through : undefined;
}

/** Pods whose texts hardly pack: some hundred kilobytes of archive. */
function large(): ReturnType<typeof smallCluster> {
  const noise = (i: number): string =>
    Array.from({ length: 3000 }, (_, j) => (((i * 3000 + j) * 2654435761) % 4294967296).toString(36)).join(' ');
  return smallCluster(
    Array.from({ length: 60 }, (_, i) => ({
      ...crashingPod(`web-${i}`),
      metadata: { name: `web-${i}`, namespace: 'shop', annotations: { noise: noise(i) } },
    })),
  );
}

describe.concurrent('a capture that cannot be written', () => {
  const cases: readonly (readonly [name: string, output: string, says: RegExp, exit: number])[] = [
    [
      'under a file',
      'file/out.tar.gz',
      /^Error: .*file\/out\.tar\.gz could not be written: a part of its path is a file\.\nGive another place with --output\.\n$/,
      69,
    ],
    [
      'over something that is there',
      'file',
      /^Error: There already is something at .*file\.\nGive another place, or remove it first\.\n$/,
      64,
    ],
    [
      'under a name that is too long',
      `${'x'.repeat(300)}.tar.gz`,
      /^Error: .*xxx.* could not be written: its name is too long\.\nGive another place with --output\.\n$/,
      69,
    ],
  ];
  for (const [name, output, says, exit] of cases) {
    it(name, async ({ scene }) => {
      await scene.replay(sick);
      scene.write('file', 'mine');
      const ran = await scene.run(['capture', '-o', output]);
      expect(ran.stderr).toMatch(says);
      expect([ran.stdout, ran.code]).toEqual(['', exit]);
      expect(readFileSync(join(scene.folder, 'file'), 'utf8')).toBe('mine');
    });
  }

  it('where there are no files but those of the kernel', async ({ scene, skip }) => {
    if (!existsSync('/proc/self')) return skip('this system has no /proc');
    await scene.replay(sick);
    const ran = await scene.run(['capture', '-o', '/proc/out.tar.gz']);
    expect(ran.stderr).toMatch(
      /^Error: \/proc\/out\.tar\.gz could not be written: (?:there is no such place|you may not write there)\.\nGive another place with --output.*\.\n$/,
    );
    return expect(ran.code).toBe(69);
  });

  it('because it becomes larger than files may be', async ({ scene }) => {
    await scene.replay(large());
    const ran = await scene.run(['capture', '-o', 'out.tar.gz'], { through: limited(64) });
    expect(ran.stderr).toMatch(
      /^Error: .*out\.tar\.gz could not be written: it became larger than files may be here\.\nMake room, or give another place with --output\.\n$/,
    );
    expect(ran.code).toBe(69);
    expect(readdirSync(scene.folder).filter((file) => file.includes('tar.gz') || file.includes('bundle'))).toEqual([]);
  });

  for (const output of ['disk/out.tar.gz', 'disk/out']) {
    it(`because the disk is full: ${output}`, async ({ scene, skip }) => {
      scene.write('disk/.there', '');
      const through = withSmallDisk(join(scene.folder, 'disk'), 128);
      if (through === undefined) return skip('no disk can be made here');
      await scene.replay(large());
      const ran = await scene.run(['capture', '-o', output], { through });
      expect(ran.stderr).toMatch(
        /^Error: .*disk\/out(?:\.tar\.gz)? could not be written: there is no space left on the disk\.\nMake room, or give another place with --output\.\n$/,
      );
      return expect([ran.stdout, ran.code]).toEqual(['', 69]);
    });
  }
});

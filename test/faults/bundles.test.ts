import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { diagnosisOf } from './diagnosis-json.ts';
import { expectFailure } from './failure-sentence.ts';
import type { Failure } from './failure-sentence.ts';
import { gzipBomb } from './gzip-bomb.ts';
import { canary } from './run-command.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod } from './small-cluster.ts';
import { tarOf } from './tar-archive.ts';

const fresh = 'Ask whoever made it for a fresh one, or unpack it yourself, look at it and pass the folder.';
const other =
  'Pass a folder, archive or file with objects as "kubectl get -o yaml" prints them, a cluster-info dump, a must-gather, a support bundle, or what `autodevops capture` wrote.';
const pod = JSON.stringify(crashingPod('web-1'));

interface Case extends Omit<Failure, 'exit'> {
  readonly name: string;
  readonly prepare?: (scene: Scene) => unknown;
}

const cases: readonly Case[] = [
  {
    name: 'there is nothing',
    code: 'bundle.not-found',
    says: 'There is nothing at */bundle.',
    todo: 'Check the path; a bundle is a folder, a .tar.gz or .zip archive, or a file of objects.',
  },
  {
    name: 'a text',
    prepare: (scene) => scene.write('bundle', 'Dear reader,\nthis is a letter.\n'),
    code: 'bundle.not-a-bundle',
    says: '*/bundle holds no Kubernetes objects.',
    todo: other,
  },
  {
    name: 'an empty file',
    prepare: (scene) => scene.write('bundle', ''),
    code: 'bundle.not-a-bundle',
    says: '*/bundle holds no Kubernetes objects.',
    todo: other,
  },
  {
    name: 'an empty folder',
    prepare: (scene) => scene.write('bundle/readme', ''),
    code: 'bundle.not-a-bundle',
    says: '*/bundle holds no Kubernetes objects.',
    todo: other,
  },
  {
    name: 'random bytes',
    prepare: (scene) =>
      scene.write('bundle', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) % 256))),
    code: 'bundle.not-a-bundle',
    says: '*/bundle holds no Kubernetes objects.',
    todo: other,
  },
  {
    name: 'a zip archive that is cut off',
    prepare: (scene) => scene.write('bundle', Buffer.from('PK\u0003\u0004 and so on')),
    code: 'bundle.refused',
    says: 'The bundle is refused: it is cut off: the list of its entries, which stands at the end, is missing.',
    todo: fresh,
  },
  {
    name: 'a link in a circle',
    prepare: (scene) => symlinkSync('bundle', join(scene.folder, 'bundle')),
    code: 'bundle.not-found',
    says: '*/bundle is a link that leads in a circle.',
    todo: 'Check the path, and the disk that it is on.',
  },
  {
    name: 'a name that is too long',
    prepare: () => undefined,
    code: 'bundle.not-found',
    says: '* is a longer path than this system has.',
    todo: 'Check the path, and the disk that it is on.',
  },
  {
    name: 'an archive that climbs out',
    prepare: (scene) => scene.write('bundle', gzipSync(tarOf([{ name: '../../etc/cron.d/x', content: 'x' }]))),
    code: 'bundle.refused',
    says: 'The bundle is refused: the name of an entry leads out of the archive (../../etc/cron.d/x).',
    todo: fresh,
  },
  {
    name: 'an archive with a path of its own',
    prepare: (scene) => scene.write('bundle', gzipSync(tarOf([{ name: '/etc/passwd', content: 'x' }]))),
    code: 'bundle.refused',
    says: 'The bundle is refused: the name of an entry is absolute (/etc/passwd).',
    todo: fresh,
  },
  {
    name: 'an archive with a link outside',
    prepare: (scene) => scene.write('bundle', gzipSync(tarOf([{ name: 'b/x', link: '/etc/shadow' }]))),
    code: 'bundle.refused',
    says: 'The bundle is refused: b/x is a link that leads out of the archive (/etc/shadow).',
    todo: fresh,
  },
  {
    name: 'an archive whose names drive the terminal',
    prepare: (scene) => scene.write('bundle', gzipSync(tarOf([{ name: '../\u001B[2Jx', content: 'x' }]))),
    code: 'bundle.refused',
    says: 'The bundle is refused: the name of an entry leads out of the archive (../\\x1b[2Jx).',
    todo: fresh,
  },
  {
    name: 'an archive that unpacks to gigabytes',
    prepare: (scene) =>
      scene.write(
        'bundle',
        gzipBomb(500, tarOf([{ name: 'b/x.json', content: '', size: 900 * 2 ** 20 }]).subarray(0, 512)),
      ),
    code: 'bundle.refused',
    says: 'The bundle is refused: * KiB of it unpack to more than * MiB, which is what a decompression bomb does.',
    todo: fresh,
  },
  {
    name: 'an archive that is cut off',
    prepare: (scene) =>
      scene.write('bundle', gzipSync(tarOf([{ name: 'b/pod.json', content: pod.padEnd(20_000) }])).subarray(0, 300)),
    code: 'bundle.not-a-bundle',
    says: '*/bundle holds no Kubernetes objects (the archive is damaged or cut off after 1 entry).',
    todo: other,
  },
  {
    name: 'an archive whose bytes are damaged',
    prepare: (scene) =>
      scene.write(
        'bundle',
        Buffer.concat([
          gzipSync(tarOf([{ name: 'b/pod.json', content: pod }])).subarray(0, 60),
          Buffer.alloc(400, 0xaa),
        ]),
      ),
    code: 'bundle.not-a-bundle',
    says: '*/bundle holds no Kubernetes objects (the compressed file is damaged or cut off).',
    todo: other,
  },
  {
    name: 'a device without end',
    prepare: (scene) => symlinkSync('/dev/zero', join(scene.folder, 'bundle')),
    code: 'bundle.not-a-bundle',
    says: '*/bundle is neither a folder nor a regular file.',
    todo: 'Pass a folder, a .tar.gz or .zip archive, or a file of objects.',
  },
  {
    name: 'a bundle of the future',
    prepare: (scene) => [
      scene.write('bundle/bundle.json', '{"version":99,"capturedAt":"2026-01-01T00:00:00Z","cluster":"x"}'),
      scene.write('bundle/objects/pod.json', pod),
    ],
    code: 'bundle.refused',
    says: 'The bundle is of format version 99, and this program reads up to version 1.',
    todo: 'Update autodevops, or have the bundle made with this version.',
  },
];

function tooLong(name: string, folder: string): string {
  return name === 'a name that is too long' ? join(folder, 'x'.repeat(5000)) : join(folder, 'bundle');
}

describe.concurrent('a bundle that does not do:', () => {
  for (const { name, prepare, ...failure } of cases) {
    it(name, async ({ scene }) => {
      prepare?.(scene);
      const ran = await scene.run(['diagnose', '--from', tooLong(name, scene.folder), '-o', 'json']);
      expectFailure(ran, { exit: 69, ...failure });
      expect(ran.megabytes).toBeLessThan(400);
    });
  }

  it('for watching', async ({ scene }) => {
    scene.write('bundle/pod.json', pod);
    expectFailure(await scene.run(['diagnose', '--from', 'bundle', '--watch', '-o=json']), {
      exit: 64,
      code: 'usage',
      says: 'A record does not change, so --watch has nothing to wait for.',
      todo: 'Leave out --watch, or name a live cluster.',
    });
  });
});

describe.concurrent('a bundle that is partly damaged gives what it holds, and says what it does not:', () => {
  it('a file of broken JSON and one of broken YAML', async ({ scene }) => {
    scene.write('bundle/good.json', pod);
    scene.write('bundle/broken.json', pod.slice(0, -40));
    scene.write('bundle/broken.yaml', `apiVersion: v1\nkind: Pod\nmetadata: {name: "x\n\tpassword: ${canary}`);
    const ran = await scene.run(['diagnose', '--from', 'bundle', '-o', 'json']);
    const { causes, blindSpots } = diagnosisOf(ran);
    expect(ran.code).toBe(1);
    expect(causes.map(({ object }) => object.name)).toContain('web-1');
    const told = blindSpots.map(({ what, why }) => `${what} ${why}`).join('\n');
    expect(told).toContain('broken.json');
    expect(told).toContain('broken.yaml');
  });

  it('what unfolds to gigabytes, and what is nested without end', async ({ scene }) => {
    const names = [...'abcdefghij'];
    const lists = names.map(
      (name, i) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*${names[i - 1] ?? ''}`)).join()}]\n`,
    );
    scene.write('bundle/good.json', pod);
    scene.write('bundle/bomb.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n${lists.join('')}`);
    scene.write(
      'bundle/deep.json',
      `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep"},"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    );
    scene.write(
      'bundle/deep.yaml',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: deep}\ndata: ${'['.repeat(100_000)}\n`,
    );
    const ran = await scene.run(['diagnose', '--from', 'bundle', '-o', 'json']);
    const { causes, blindSpots } = diagnosisOf(ran);
    expect([ran.code, causes.map(({ object }) => object.name)]).toEqual([1, ['web-1']]);
    for (const file of ['bomb.yaml', 'deep.json', 'deep.yaml']) {
      const remedy = 'Record that file again; the rest of the bundle was read.';
      expect(blindSpots).toContainEqual({
        what: expect.stringMatching(new RegExp(`^A part of ${file}, line \\d+$`)) as string,
        why: expect.stringMatching(/^It could not be read: .{6,}\.$/) as string,
        remedy,
      });
    }
    expect(ran.megabytes).toBeLessThan(400);
  });

  it('a link, which is not followed', async ({ scene }) => {
    scene.write(
      'secret.yaml',
      `apiVersion: v1\nkind: Pod\nmetadata: {name: outside, namespace: x, labels: {a: ${canary}}}\n`,
    );
    scene.write('bundle/good.json', pod);
    symlinkSync('../secret.yaml', join(scene.folder, 'bundle', 'link.yaml'));
    const ran = await scene.run(['diagnose', '--from', 'bundle', '-o', 'json', '-v']);
    expect(ran.stdout).not.toContain('outside"');
    expect([1, 69]).toContain(ran.code);
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Header } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from './bundle-reader.ts';
import { openWhole } from './open-for-test.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Entry = Partial<Header> & { readonly name: string; readonly text?: string | Uint8Array };

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { text, ...header } of entries) {
    if (text === undefined) tar.entry(header).end(undefined);
    else tar.entry(header, Buffer.from(text));
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

let files = 0;
function save(bytes: string | Uint8Array, name = 'b.tar.gz'): string {
  const at = join(folder, `${++files}-${name}`);
  writeFileSync(at, bytes);
  return at;
}

/** The archive with another size in the header of its first entry. */
function claiming(tar: Buffer, size: number): Buffer {
  const bytes = Buffer.from(tar);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write('        ', 148);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

const pod = (name: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `u-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-03-02T09:00:00Z',
    },
  });
const good: Entry = { name: 'b/pod.json', text: pod('p') };

describe('an archive', () => {
  it('is read whole when it is honest, links inside of it are passed over', async () => {
    const bytes = await tarOf([
      good,
      { name: 'b/link.json', type: 'symlink', linkname: 'pod.json' },
      { name: 'b/sub/up.json', type: 'symlink', linkname: '../pod.json' },
    ]);
    for (const path of [save(gzipSync(bytes)), save(bytes, 'b.tar'), save(gzipSync(bytes), 'no-extension')]) {
      const { snapshot } = await openWhole(path);
      expect(snapshot.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['p']);
      expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Nodes', 'Events']);
    }
  });

  it.each<[string, Entry, RegExp]>([
    [
      'climbs out',
      { name: '../../etc/cron.d/x', text: 'x' },
      /the name of an entry leads out of the archive \(\.\.\/\.\.\/etc\/cron\.d\/x\)/,
    ],
    ['climbs out from within', { name: 'b/../../x.json', text: 'x' }, /leads out of the archive/],
    ['is absolute', { name: '/etc/passwd', text: 'x' }, /the name of an entry is absolute/],
    ['names a drive', { name: 'C:\\Windows\\x', text: 'x' }, /the name of an entry names a drive/],
    ['climbs by backslashes', { name: 'b\\..\\..\\x', text: 'x' }, /leads out of the archive/],
    [
      'is a link to a file outside',
      { name: 'b/x', type: 'symlink', linkname: '/etc/shadow' },
      /b\/x is a link that leads out of the archive \(\/etc\/shadow\)/,
    ],
    [
      'is a link that climbs',
      { name: 'b/x', type: 'symlink', linkname: '../../x' },
      /is a link that leads out of the archive/,
    ],
    [
      'is a hard link outside',
      { name: 'b/x', type: 'link', linkname: '../x' },
      /is a link that leads out of the archive/,
    ],
    [
      'is a device',
      { name: 'b/x', type: 'character-device', devmajor: 1, devminor: 5 },
      /b\/x is a character device, not a file/,
    ],
    [
      'is a disk',
      { name: 'b/x', type: 'block-device', devmajor: 8, devminor: 0 },
      /b\/x is a block device, not a file/,
    ],
    ['is a pipe', { name: 'b/x', type: 'fifo' }, /b\/x is a fifo, not a file/],
    ['is a pipe', { name: 'b/x', type: 'fifo' }, /b\/x is a fifo, not a file/],
    ['drives the terminal', { name: '../\u001b[2Jx', text: 'x' }, /leads out of the archive \(\.\.\/\\x1b\[2Jx\)/],
  ])('with an entry that %s is refused', async (_, entry, sentence) => {
    const path = save(gzipSync(await tarOf([good, entry])));
    await expect(openBundle(path)).rejects.toMatchObject({
      code: 'bundle.refused',
      message: expect.stringMatching(sentence),
    });
  });

  it('with a folder that says it has a size is read on, and not waited for', async () => {
    const tar = claiming(await tarOf([{ name: 'b/', type: 'directory' }, good]), 72);
    expect((await openWhole(save(tar, 'b.tar'))).snapshot.list('Pod')).toHaveLength(1);
  });

  it.each(['symlink', 'link'] as const)('with a %s that names nothing is refused in a sentence', async (type) => {
    const tar = await tarOf([{ name: 'b/l.json', type, linkname: 'x' }, good]);
    tar.write('\0'.repeat(100), 157);
    await expect(openBundle(save(claiming(tar, 0), 'b.tar'))).rejects.toMatchObject({ code: 'bundle.refused' });
  });

  it('with a backslash in an honest name is read', async () => {
    const { snapshot } = await openWhole(
      save(await tarOf([good, { name: 'b/dev-disk-by\\x2did.json', text: pod('q') }])),
    );
    expect(snapshot.list('Pod')).toHaveLength(2);
  });

  it('that is a bomb is refused before it is unpacked', async () => {
    const path = save(gzipSync(await tarOf([{ name: 'zeros.json', text: Buffer.alloc(80 * 2 ** 20) }])));
    await expect(openBundle(path)).rejects.toMatchObject({
      code: 'bundle.refused',
      message: expect.stringMatching(/unpack to more than \d+ MiB, which is what a decompression bomb does/),
    });
    const plain = save(
      gzipSync(Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(80 * 2 ** 20, 97)])),
      'bomb.json.gz',
    );
    await expect(openBundle(plain)).rejects.toMatchObject({ code: 'bundle.refused' });
  });

  it('with too many entries, too much in all or an absurd size is refused', async () => {
    const many = save(
      await tarOf(Array.from({ length: 50 }, (_, index) => ({ name: `${index}.json`, text: pod(`p${index}`) }))),
    );
    await expect(openBundle(many, { limits: { entries: 20 } })).rejects.toThrow(
      'The bundle is refused: it holds more than 20 files.',
    );
    await expect(openBundle(many, { limits: { totalBytes: 10_000 } })).rejects.toThrow(
      /it unpacks to more than 10 KiB/,
    );
    await expect(openBundle(many, { limits: { objects: 10 } })).rejects.toThrow(/it holds more than 10 objects/);
    const header = (await tarOf([good])).subarray(0, 512);
    header.write('77777777777\0', 124, 'latin1');
    header.fill(' ', 148, 156);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
      'latin1',
    );
    await expect(openBundle(save(Buffer.concat([header, Buffer.alloc(4096)])))).rejects.toThrow(
      /b\/pod\.json says that it is 8192 MiB large/,
    );
  });

  it('with a header of absurd size is refused with bounded memory', async () => {
    const bytes = await tarOf([{ name: 'x'.repeat(300), pax: { comment: 'c'.repeat(8 * 2 ** 20) }, text: 'x' }]);
    await expect(openBundle(save(bytes))).rejects.toThrow(
      'The bundle is refused: one of its headers is of absurd size.',
    );
  });

  it('within an archive is not followed, and that is said', async () => {
    const inner = gzipSync(await tarOf([good]));
    const { snapshot } = await openWhole(save(await tarOf([good, { name: 'b/more.tar.gz', text: inner }])));
    expect(snapshot.blindSpots[0]?.why).toBe('B/more.tar.gz is an archive in the bundle and was not opened.');
  });

  it.each([
    ['cut off in its compression', (bytes: Buffer) => gzipSync(bytes).subarray(0, -40)],
    ['cut off inside', (bytes: Buffer) => bytes.subarray(0, 512 * 2 + 700)],
    ['damaged in a later header', (bytes: Buffer) => bytes.fill(65, 1024, 1300)],
  ])('that is %s is read as far as it goes, and proves no absence', async (_, damage) => {
    const { snapshot } = await openWhole(
      save(
        damage(
          await tarOf([
            good,
            { name: 'b/noise.json', text: JSON.stringify(Array.from({ length: 400 }, (x, index) => Math.sin(index))) },
          ]),
        ),
      ),
    );
    expect(snapshot.list('Pod')).toHaveLength(1);
    expect(snapshot.coverage('Pod')).toBe('partial');
    expect(snapshot.blindSpots[0]?.why).toMatch(/^The archive is damaged or cut off after \d entr/);
  });

  it('of which nothing can be read is no bundle', async () => {
    const bytes = gzipSync(await tarOf([good]));
    await expect(openBundle(save(bytes.subarray(0, 30)))).rejects.toMatchObject({ code: 'bundle.not-a-bundle' });
    await expect(openBundle(save(Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9])))).rejects.toMatchObject({
      code: 'bundle.not-a-bundle',
    });
  });
});

describe('a folder', () => {
  it('does not lead out of itself', async () => {
    const root = mkdtempSync(join(folder, 'f-'));
    writeFileSync(join(folder, 'outside.json'), pod('outside'));
    writeFileSync(join(root, 'pod.json'), pod('inside'));
    symlinkSync(join(folder, 'outside.json'), join(root, 'link.json'));
    symlinkSync(root, join(root, 'loop'));
    const { snapshot } = await openWhole(root);
    expect(snapshot.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['inside']);
    expect(snapshot.blindSpots[0]?.why).toBe(
      '"link.json" is a link that leads out of the folder; it was not followed.',
    );
  });

  it('of which much was left out says so without a line for each', async () => {
    const root = mkdtempSync(join(folder, 'm-'));
    writeFileSync(join(root, 'pod.json'), pod('inside'));
    for (let n = 0; n < 7; n++) symlinkSync('/etc/hostname', join(root, `link-${n}.json`));
    const { snapshot } = await openWhole(root);
    const told = snapshot.blindSpots.filter(({ what }) => what.endsWith(' of the bundle'));
    expect(told).toHaveLength(6);
    expect(told[5]).toEqual({
      what: '2 more parts of the bundle',
      why: 'They were not read either.',
      remedy: 'Record it again, or look at that part by hand.',
    });
  });

  it('that is absurdly deep is refused', async () => {
    const root = mkdtempSync(join(folder, 'd-'));
    mkdirSync(join(root, ...Array.from({ length: 70 }, () => 'd')), { recursive: true });
    await expect(openBundle(root)).rejects.toThrow(/folders lie more than 64 deep/);
  });
});

describe('a file', () => {
  const beside = (name: string, text: string): string => {
    const root = mkdtempSync(join(folder, 'o-'));
    writeFileSync(join(root, 'good.json'), pod('good'));
    writeFileSync(join(root, name), text);
    return root;
  };
  const anchors = [
    'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
    ...Array.from(
      { length: 9 },
      (_, n) =>
        `${'bcdefghij'[n]}: &${'bcdefghij'[n]} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[n]}`).join(',')}]`,
    ),
  ];

  it.each([
    [
      'a YAML bomb',
      'x.yaml',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n${anchors.join('\n')}\n`,
      /YAML that does not parse \(Excessive alias count/,
    ],
    [
      'deep JSON',
      'x.json',
      `{"apiVersion":"v1","kind":"ConfigMap","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      /lists and maps lie more than 256 deep/,
    ],
    [
      'deep YAML in one line',
      'x.yaml',
      `apiVersion: v1\nkind: ConfigMap\ndata: ${'['.repeat(100_000)}\n`,
      /YAML that does not parse/,
    ],
    [
      'deep YAML in many lines',
      'x.yaml',
      `apiVersion: v1\nkind: ConfigMap\n${Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}\n`,
      /YAML|larger/,
    ],
    [
      'an object of 100 MB',
      'x.json',
      `{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"${'x'.repeat(100 * 2 ** 20)}"}}`,
      /one object is larger than 8 MiB/,
    ],
    [
      'a YAML object of 100 MB',
      'x.yaml',
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n${'    0123456789\n'.repeat(7_000_000)}`,
      /one object is larger than 8 MiB/,
    ],
    [
      'a line of 20 MB',
      'x.yaml',
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: ${'x'.repeat(20 * 2 ** 20)}\n`,
      /(?:one line is absurdly long|larger than)/,
    ],
  ])('that is %s costs only itself', async (_, name, text, why) => {
    const { snapshot } = await openWhole(beside(name, text));
    expect(snapshot.list('Pod')).toHaveLength(1);
    expect(snapshot.blindSpots[0]?.why).toMatch(why);
    expect(snapshot.blindSpots).toHaveLength(3);
  });

  it('with hostile names and keys changes nothing but itself', async () => {
    const text =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"__proto__","namespace":"constructor","uid":"u"},"data":{"__proto__":"x","toString":"y"},"__proto__":{"polluted":1}}';
    const { snapshot } = await openWhole(
      beside(
        'x.json',
        `${text}\n{"kind":"__proto__","metadata":{"name":"a"}}\n{"kind":"constructor","apiVersion":"v1","metadata":{"name":"a"}}`,
      ),
    );
    expect(snapshot.get('ConfigMap', 'constructor', '__proto__')).toBeDefined();
    expect(snapshot.coverage('ConfigMap', 'constructor')).not.toBe('full');
    expect(snapshot.coverage('ConfigMap', 'toString')).toBe('none');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../bundle-reader.ts';
import { openWhole } from '../open-for-test.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Entry {
  readonly name: string;
  readonly text: string | Uint8Array;
  readonly stored?: boolean;
  readonly mode?: number;
  /** 3 Unix, 0 DOS, 10 Windows. */
  readonly madeBy?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly says?: number;
}

interface Packed extends Entry {
  readonly packed: Uint8Array;
  readonly at: number;
}

function fields(entry: Packed): Buffer {
  const { text, packed, flags = 0x800, method = entry.stored === true ? 0 : 8, says } = entry;
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt16LE(method, 4);
  header.writeUInt32LE((46 << 25) | (3 << 21) | (2 << 16), 6);
  header.writeUInt32LE(crc32(text), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(says ?? Buffer.byteLength(text), 18);
  header.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return header;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function directoryEntry(entry: Packed): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(entry.at, 10);
  return Buffer.concat([
    uint32(0x02014b50),
    Buffer.from([20, entry.madeBy ?? 3]),
    fields(entry),
    rest,
    Buffer.from(entry.name),
  ]);
}

function endOf(entries: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries, 4);
  end.writeUInt16LE(entries, 6);
  end.writeUInt32LE(bytes, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([uint32(0x06054b50), end]);
}

function zipOf(
  entries: readonly Entry[],
  change: (directory: Buffer[]) => Buffer[] = (directory) => directory,
): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  const directory: Buffer[] = [];
  for (const entry of entries) {
    const packed = {
      ...entry,
      at,
      packed: entry.stored === true ? Buffer.from(entry.text) : deflateRawSync(entry.text),
    };
    const local = Buffer.concat([uint32(0x04034b50), fields(packed), Buffer.from(entry.name), packed.packed]);
    parts.push(local);
    directory.push(directoryEntry(packed));
    at += local.length;
  }
  const listed = change(directory);
  const bytes = listed.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([...parts, ...listed, endOf(listed.length, bytes, at)]);
}

let files = 0;
function save(bytes: Uint8Array): string {
  const at = join(folder, `${++files}.zip`);
  writeFileSync(at, bytes);
  return at;
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
    spec: { containers: [{ name: 'app' }] },
  });
const good: Entry = { name: 'b/pod.json', text: pod('p') };

describe('a zip archive', () => {
  it('is read with its logs, deflated or stored, with links inside of it passed over', async () => {
    const { snapshot, log } = await openWhole(
      save(
        zipOf([
          { name: 'b/', text: '', stored: true, mode: 0o040755 },
          good,
          { name: 'b/q.json', text: pod('q'), stored: true },
          { name: 'b/logs/shop/p/app.log', text: 'one\ntwo\n' },
          { name: 'b/link.json', text: 'pod.json', stored: true, mode: 0o120777 },
        ]),
      ),
    );
    expect(snapshot.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['p', 'q']);
    expect((await log('shop/p/app'))?.text).toBe('one\ntwo\n');
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Nodes', 'Events']);
  });

  it('packed on Windows, with backslashes between its folders, is the same', async () => {
    const { log } = await openWhole(
      save(
        zipOf([
          { ...good, name: 'b\\pod.json', madeBy: 10 },
          { name: 'b\\logs\\shop\\p\\app.log', text: 'three', madeBy: 0 },
        ]),
      ),
    );
    expect((await log('shop/p/app'))?.text).toBe('three');
  });

  it.each<[string, Entry, RegExp]>([
    ['climbs out', { name: '../../etc/cron.d/x', text: 'x' }, /the name of an entry leads out of the archive/],
    [
      'climbs out by backslashes',
      { name: '..\\..\\x', text: 'x', madeBy: 0 },
      /the name of an entry leads out of the archive/,
    ],
    ['is absolute', { name: '/etc/passwd', text: 'x' }, /the name of an entry is absolute/],
    ['names a drive', { name: 'C:\\Windows\\x', text: 'x', madeBy: 10 }, /the name of an entry names a drive/],
    [
      'is a link out of it',
      { name: 'b/x', text: '../../x', mode: 0o120777 },
      /b\/x is a link that leads out of the archive \(\.\.\/\.\.\/x\)/,
    ],
    ['is a device', { name: 'b/x', text: '', mode: 0o020600 }, /b\/x is a device, a pipe or a socket/],
    [
      'says that it is absurdly large',
      { name: 'b/x.json', text: 'x', says: 0xfffffffe },
      /b\/x\.json says that it is 4096 MiB large/,
    ],
  ])('with an entry that %s is refused', async (_, entry, sentence) => {
    await expect(openBundle(save(zipOf([good, entry])))).rejects.toMatchObject({
      code: 'bundle.refused',
      message: expect.stringMatching(sentence),
    });
  });

  it('that is a bomb is refused before it is unpacked', async () => {
    const one = zipOf([
      { name: 'zeros.json', text: Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(80 * 2 ** 20, 97)]) },
    ]);
    await expect(openBundle(save(one))).rejects.toThrow(/which is what a decompression bomb does/);
  });

  it('whose entries all lie over one piece of data is a bomb too', async () => {
    const text = Buffer.concat([
      Buffer.from('{"kind":"Pod","apiVersion":"v1","a":"'),
      Buffer.alloc(2 ** 20, 97),
      Buffer.from('"}'),
    ]);
    const overlapping = zipOf([{ name: 'a.json', text }], ([first]) =>
      Array.from({ length: 200 }, () => first ?? Buffer.alloc(0)),
    );
    await expect(openBundle(save(overlapping))).rejects.toThrow(/which is what a decompression bomb does/);
  });

  it('with too many entries or too much in all is refused', async () => {
    const many = save(
      zipOf(Array.from({ length: 50 }, (_, index) => ({ name: `${index}.json`, text: pod(`p${index}`) }))),
    );
    await expect(openBundle(many, { limits: { entries: 20 } })).rejects.toThrow(
      'The bundle is refused: it holds more than 20 files.',
    );
    await expect(openBundle(many, { limits: { totalBytes: 5000 } })).rejects.toThrow(/it unpacks to more than 5 KiB/);
  });

  it('whose list of entries is of absurd size is refused', async () => {
    const remark = Buffer.alloc(65_000, 97);
    const wordy = zipOf([good], ([first = Buffer.alloc(0)]) => {
      first.writeUInt16LE(remark.length, 32);
      return Array.from({ length: 1100 }, () => Buffer.concat([first, remark]));
    });
    await expect(openBundle(save(wordy))).rejects.toThrow(/the list of its entries is of absurd size/);
  });

  it.each<[string, Entry, RegExp]>([
    ['encrypted', { name: 'b/x.json', text: pod('x'), flags: 1 }, /B\/x\.json is encrypted and was not read/],
    [
      'packed by another method',
      { name: 'b/x.json', text: pod('x'), method: 12 },
      /packed in a way that is not read here \(method 12\)/,
    ],
    [
      'shorter than it says',
      { name: 'b/x.json', text: pod('x'), says: 5000 },
      /B\/x\.json is damaged or cut off in the archive/,
    ],
  ])('with an entry that is %s is read, and proves no absence', async (_, entry, why) => {
    const { snapshot } = await openWhole(save(zipOf([good, entry])));
    expect(snapshot.coverage('Pod')).toBe('partial');
    expect(snapshot.blindSpots[0]?.why).toMatch(why);
  });

  it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    [
      'cut off',
      (bytes) => bytes.subarray(0, -30),
      /it is cut off: the list of its entries, which stands at the end, is missing/,
    ],
    [
      'without the entries that it counts',
      (bytes) => (bytes.writeUInt16LE(9, bytes.length - 12), bytes),
      /it cannot be read as a zip archive \(/,
    ],
    [
      'with a list that lies beyond its end',
      (bytes) => (bytes.writeUInt32LE(0xfffffff0, bytes.length - 6), bytes),
      /it cannot be read as a zip archive \(/,
    ],
    [
      'one of several parts',
      (bytes) => (bytes.writeUInt16LE(1, bytes.length - 18), bytes),
      /multi-disk zip files are not supported/,
    ],
  ])('that is %s is refused with a sentence', async (_, damage, sentence) => {
    await expect(openBundle(save(damage(zipOf([good]))))).rejects.toMatchObject({
      code: 'bundle.refused',
      message: expect.stringMatching(sentence),
    });
  });
});

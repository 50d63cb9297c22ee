// The floor of a chain of hashes: SHA-256 of each line of a file, one call for each, and nothing else. Arguments: file.
import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { report } from '../measured-process.ts';

let [rest, rows, last]: [Buffer, number, string] = [Buffer.alloc(0), 0, ''];
const started = performance.now();
for await (const chunk of createReadStream(process.argv[2] ?? '', { highWaterMark: 256 * 1024 })) {
  const bytes = Buffer.concat([rest, chunk as Buffer]);
  let from = 0;
  for (let to = bytes.indexOf(0x0a); to !== -1; to = bytes.indexOf(0x0a, from)) {
    last = hash('sha256', bytes.subarray(from, to), 'hex');
    rows += 1;
    from = to + 1;
  }
  rest = bytes.subarray(from);
}
const seconds = (performance.now() - started) / 1000;
if (last.length !== 64) throw new Error('The file has no line.');
report({ perSecond: rows / seconds });

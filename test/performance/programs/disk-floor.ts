// The floor of durable writing: a block of 4 kB behind the last one and fdatasync, one after the other. Arguments: file, how many.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { report } from '../measured-process.ts';

const [file = '', count = '0'] = process.argv.slice(2);
const block = Buffer.alloc(4096, 0x61);
const descriptor = openSync(file, 'a');
const started = performance.now();
for (let at = 0; at < Number(count); at += 1) {
  writeSync(descriptor, block);
  fdatasyncSync(descriptor);
}
const seconds = (performance.now() - started) / 1000;
closeSync(descriptor);
report({ perSecond: Number(count) / seconds });

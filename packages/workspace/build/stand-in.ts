// [FOLDER]: the Slack to test against as a package of its own, in a new folder, for `npm pack` and `npm publish`. `npm run slack-stand-in`.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packStandIn, standInName } from './stand-in-package.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const out = resolve(process.argv[2] ?? standInName);
if (existsSync(out)) throw new Error(`${out} is there already: name a new folder.`);
packStandIn(root, out);
process.stdout.write(`${out}\n`);

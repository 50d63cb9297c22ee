// The Slack to test against as a package of its own: `npm run slack-stand-in -- --help`.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuse, wordsOf } from '../developer-command.ts';
import { packStandIn, standInName } from './stand-in-package.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const command = {
  name: 'npm run slack-stand-in --',
  help: `Puts the Slack that tests run against into a folder as a package of its own, for npm pack and npm publish.

Usage: npm run slack-stand-in -- [FOLDER]

  FOLDER   a new one (default ${standInName})
  --help

Exit codes: 0 done, 1 failed, 64 wrong usage.
`,
  options: {},
  words: { most: 1 },
} as const;
const [folder = standInName] = wordsOf(command).positionals;
const out = resolve(folder);
if (existsSync(out)) refuse(`${out} is there already: name a new folder.`, command);
packStandIn(root, out);
process.stdout.write(`${out}\n`);

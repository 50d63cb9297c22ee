// Writes every generated file from its one source: `npm run generate -- --help`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { wordsOf } from '../developer-command.ts';
import { generatedFiles } from './generated-files.ts';

const { check } = wordsOf({
  name: 'npm run generate --',
  help: `Writes every generated file from its one source.

Usage: npm run generate -- [--check]

  --check   writes nothing and names the files that differ
  --help

Exit codes: 0 done, 1 a file differs (with --check), 64 wrong usage.
`,
  options: { check: { type: 'boolean', default: false } },
}).values;
const root = join(import.meta.dirname, '..', '..', '..');
let stale = 0;

for (const { path, text } of await generatedFiles()) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale += 1;
  process.stdout.write(`${check ? 'stale' : 'wrote'} ${path}\n`);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
process.exitCode = check && stale > 0 ? 1 : 0;

// The extension for Visual Studio Code: `npm run extension -- --help`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { refuse, wordsOf } from '../developer-command.ts';
import { bundleExtension } from './extension-bundle.ts';
import { noticesFile } from './third-party-notices.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const extension = join(root, 'extension');
const dist = join(extension, 'dist');

/** What the packager warns of, people would meet: it counts as a failure. */
function runPackager(args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  process.stderr.write(`${stdout}${stderr}`);
  if (status !== 0 || /^\s*WARNING\b/m.test(stripVTControlCharacters(`${stdout}\n${stderr}`))) {
    throw new Error('The extension cannot be packaged: the lines above say why.');
  }
}

async function build(): Promise<void> {
  await bundleExtension(root);
}

/** A line of the page that is nothing but a picture. */
const pictureLine = /^!\[[^\]]*\]\([^)]*\)\n+/gm;

/** Where the sources are published, and so issues and pictures; undefined where nobody named it. */
function publishedAt(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:') throw new Error(`A marketplace takes no repository but by https: ${address}`);
  return href.replace(/\/$|\.git$/, '');
}

/** The page of the marketplaces shows pictures from the repository only; where there is none it goes without. */
function page(repository: string | undefined): string {
  const text = readFileSync(join(extension, 'README.md'), 'utf8');
  return repository === undefined ? text.replaceAll(pictureLine, '') : text;
}

/** What goes into the file, in a folder of its own: nothing that lies about in the checkout gets in. */
function stage(repository: string | undefined): string {
  const staging = join(dist, 'staging');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const {
    private: _private,
    devDependencies: _devDependencies,
    ...manifest
  } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8')) as Record<string, unknown>;
  const published =
    repository === undefined
      ? {}
      : {
          repository: { type: 'git', url: `${repository}.git`, directory: 'extension' },
          bugs: { url: `${repository}/issues` },
          homepage: `${repository}#readme`,
        };
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify({ ...manifest, ...published }, undefined, 2)}\n`);
  for (const part of ['package.nls.json', 'CHANGELOG.md', 'l10n', 'media', 'schemas']) {
    cpSync(join(extension, part), join(staging, part), { recursive: true });
  }
  writeFileSync(join(staging, 'README.md'), page(repository));
  cpSync(join(root, 'LICENSE'), join(staging, 'LICENSE'));
  cpSync(join(dist, noticesFile), join(staging, noticesFile));
  for (const part of ['extension.js', 'chunks', 'webview', 'program']) {
    if (readdirSync(dist).includes(part)) cpSync(join(dist, part), join(staging, 'dist', part), { recursive: true });
  }
  writeFileSync(join(staging, '.vscodeignore'), '');
  return staging;
}

async function pack(address: string | undefined): Promise<void> {
  const repository = publishedAt(address);
  await build();
  const staging = stage(repository);
  const { name, version } = JSON.parse(readFileSync(join(staging, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const file = join(dist, `${name}-${version}.vsix`);
  const vsce = join(createRequire(join(extension, 'package.json')).resolve('@vscode/vsce/package.json'), '..', 'vsce');
  const links =
    repository === undefined
      ? ['--allow-missing-repository', '--no-rewrite-relative-links']
      : [
          '--baseContentUrl',
          `${repository}/blob/HEAD/extension`,
          '--baseImagesUrl',
          `${repository}/raw/HEAD/extension`,
        ];
  runPackager([vsce, 'package', '--no-dependencies', ...links, '--out', file], staging);
  rmSync(staging, { recursive: true, force: true });
  process.stdout.write(`${file}\n`);
}

function sizes(): void {
  const chunks = readdirSync(join(dist, 'chunks')).map((name) => `chunks/${name}`);
  const bySize = ['extension.js', ...chunks]
    .map((name) => ({ name, size: statSync(join(dist, name)).size }))
    .toSorted((a, b) => b.size - a.size);
  process.stdout.write(bySize.map(({ name, size }) => `${String(size).padStart(9)}  ${name}\n`).join(''));
}

const verbs: Readonly<Record<string, (argument: string | undefined) => Promise<void> | void>> = {
  build,
  package: pack,
  sizes,
};
const command = {
  name: 'npm run extension --',
  help: `Builds and packages the extension for Visual Studio Code, in extension/dist.

Usage: npm run extension -- [build | package [REPOSITORY] | sizes]

  build     bundles it (default)
  package   bundles it and makes one .vsix; REPOSITORY is where the sources are published, by https
  sizes     what the bundle's files weigh
  --help

Exit codes: 0 done, 1 failed, 64 wrong usage.
`,
  options: {},
  words: { most: 2 },
} as const;
const [named = 'build', argument] = wordsOf(command).positionals;
const verb = verbs[named] ?? refuse(`"${named}" is none of ${Object.keys(verbs).join(', ')}.`, command);
await verb(argument);

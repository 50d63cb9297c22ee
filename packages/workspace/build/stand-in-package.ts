import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What the Slack to test against is called where it is published by itself. */
export const standInName = 'slack-stand-in';

/** With what its types speak of. */
const needs = ['@types/node', '@types/ws', 'ws', 'zod'];
/** Its own tests, and what only they use. */
const own = ['**/*.test.ts', '**/testing/**'];

function compile(root: string, source: string, out: string): void {
  const config = join(out, 'tsconfig.json');
  const compilerOptions = {
    composite: false,
    incremental: false,
    emitDeclarationOnly: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: source,
    outDir: out,
    typeRoots: [join(root, 'node_modules', '@types')],
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions,
      include: [source],
      exclude: own.map((pattern) => join(source, pattern)),
    }),
  );
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', config],
    { encoding: 'utf8' },
  );
  rmSync(config);
  if (status !== 0) throw new Error(`The stand-in does not compile by itself: ${stdout.slice(0, 2000)}`);
}

function manifest(root: string): object {
  const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    readonly catalog: Readonly<Record<string, string>>;
  };
  const { version, license } = JSON.parse(readFileSync(join(root, 'packages', 'testkit', 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly license: string;
  };
  return {
    name: standInName,
    version,
    license,
    type: 'module',
    engines: { node: '>=20' },
    description: 'A Slack on loopback to test apps against, as strict as Slack.',
    keywords: ['slack', 'bolt', 'block-kit', 'testing', 'mock', 'emulator'],
    exports: { './*': { types: './*.d.ts', default: './*.js' } },
    dependencies: Object.fromEntries(needs.map((name) => [name, catalog[name]])),
  };
}

/** Makes a package of the Slack to test against: plain JavaScript with its types, which needs nothing of this project. */
export function packStandIn(root: string, out: string): void {
  const source = join(root, 'packages', 'testkit', 'src', 'slack');
  mkdirSync(out, { recursive: true });
  compile(root, source, out);
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(root), null, 2)}\n`);
  writeFileSync(
    join(out, 'README.md'),
    readFileSync(join(source, 'README.md'), 'utf8').replaceAll('@autodevops/testkit/slack/', `${standInName}/`),
  );
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
}

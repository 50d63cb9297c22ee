import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { run } from '../bed/host/command.ts';

/** An extension that a test brings along. */
export interface SmallExtension {
  readonly name: string;
  readonly displayName: string;
  readonly contributes?: Readonly<Record<string, unknown>>;
  /** Its one file, in TypeScript. */
  readonly main: string;
}

/** Packages it below `home`, and gives the path of the .vsix. */
export async function packSmallExtension(
  home: string,
  { name, displayName, contributes = {}, main }: SmallExtension,
): Promise<string> {
  const folder = join(home, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name,
      displayName,
      publisher: 'nobody',
      version: '0.0.1',
      engines: { vscode: '^1.105.0' },
      main: './main.js',
      activationEvents: ['onStartupFinished'],
      contributes,
    }),
  );
  await build({
    entryPoints: [main],
    outfile: join(folder, 'main.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'error',
  });
  const vsce = createRequire(join(import.meta.dirname, '..', '..', 'extension', 'package.json')).resolve(
    '@vscode/vsce/package.json',
  );
  const file = join(home, `${name}.vsix`);
  await run(
    process.execPath,
    [
      join(vsce, '..', 'vsce'),
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--skip-license',
      '--out',
      file,
    ],
    { cwd: folder, seconds: 120 },
  );
  return file;
}

// The suite inside of the host of a desktop editor: `npm run desktop -- --help`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { wordsOf } from '../../packages/workspace/developer-command.ts';
import { cacheFolder } from '../bed/host/folders.ts';
import { bundleSuite } from './in-host/bundle-suite.ts';
import { sampleEnvironment } from './in-host/sample-environment.ts';

const [wanted = 'stable'] = wordsOf({
  name: 'npm run desktop --',
  help: `Runs the suite inside of the extension host of a desktop Visual Studio Code.

Usage: npm run desktop -- [EDITOR]

  EDITOR   a version to download, such as 1.105.0 (default: the newest), or the absolute path of one that is installed
  --help

It needs a screen (xvfb-run on a server), and \`npm run extension\` before it.
Exit codes: 0 passed, 1 failed, 64 wrong usage.
`,
  options: {},
  words: { most: 1 },
}).positionals;
const folder = mkdtempSync(join(tmpdir(), 'autodevops-desktop-'));
const sample = await sampleEnvironment(folder);
try {
  const editor = isAbsolute(wanted)
    ? { vscodeExecutablePath: wanted }
    : { version: wanted, cachePath: join(cacheFolder(), 'desktop') };
  const own = [
    '--user-data-dir',
    join(folder, 'data'),
    '--extensions-dir',
    join(folder, 'extensions'),
    '--disable-workspace-trust',
  ];
  process.exitCode = await runTests({
    ...editor,
    extensionDevelopmentPath: join(import.meta.dirname, '..', '..', 'extension'),
    extensionTestsPath: await bundleSuite(folder),
    extensionTestsEnv: sample.environment,
    launchArgs: own,
  });
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\nIt needs the network (or the absolute path of an installed editor), a screen (xvfb-run on a server) and \`npm run extension\` before it.\n`,
  );
  process.exitCode = 1;
} finally {
  await sample.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

// desktop.ts [VERSION | PROGRAM]: the suite inside of the host of a desktop editor. `npm run desktop` downloads the newest
// one, `npm run desktop -- 1.105.0` that one, `npm run desktop -- /usr/share/code/code` takes one that is installed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { cacheFolder } from '../bed/host/folders.ts';
import { bundleSuite } from './in-host/bundle-suite.ts';
import { sampleEnvironment } from './in-host/sample-environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-desktop-'));
const sample = await sampleEnvironment(folder);
try {
  const [, , wanted = 'stable'] = process.argv;
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

// The suite inside of the host of a desktop editor, which is downloaded: `npm run desktop`. It needs the network and a screen.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { cacheFolder } from '../bed/host/folders.ts';
import { bundleSuite } from './in-host/bundle-suite.ts';
import { sampleEnvironment } from './in-host/sample-environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-desktop-'));
const sample = await sampleEnvironment(folder);
try {
  const version = process.argv[2] ?? 'stable';
  const own = ['--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions'), '--disable-workspace-trust'];
  process.exitCode = await runTests({ version, cachePath: join(cacheFolder(), 'desktop'), extensionDevelopmentPath: join(import.meta.dirname, '..', '..', 'extension'), extensionTestsPath: await bundleSuite(folder), extensionTestsEnv: sample.environment, launchArgs: own });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nIt needs the network, a screen (xvfb-run on a server) and \`npm run extension\` before it.\n`);
  process.exitCode = 1;
} finally {
  await sample.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

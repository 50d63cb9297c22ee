import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleSuite } from './in-host/bundle-suite.ts';
import { resultsVariable } from './in-host/results.ts';
import type { InHostResult } from './in-host/results.ts';
import { runInHost } from './in-host/run-in-host.ts';
import { sampleEnvironment } from './in-host/sample-environment.ts';
import { packagedExtension } from './packaged-extension.ts';

/** The same suite that `npm run desktop` runs in a desktop editor, in the host of the server's. */
it('every test inside of the host of the editor passes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-in-host-'));
  const sample = await sampleEnvironment(folder);
  try {
    await packagedExtension();
    const results = join(folder, 'results.json');
    await runInHost({
      folder,
      extension: join(import.meta.dirname, '..', '..', 'extension'),
      suite: await bundleSuite(folder),
      environment: { [resultsVariable]: results, ...sample.environment },
    });
    const told = JSON.parse(readFileSync(results, 'utf8')) as readonly InHostResult[];
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ says }) => says !== '')).toEqual([]);
  } finally {
    await sample.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

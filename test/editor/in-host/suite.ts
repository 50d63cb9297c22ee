import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { activationTests } from './activation.ts';
import { contributionTests } from './contributions.ts';
import { resultsVariable } from './results.ts';
import type { InHostResult } from './results.ts';
import { toolTests } from './tools.ts';

/**
 * What the host of an editor calls (`extensionTestsPath`): runs inside of it, with the module `vscode`. Rejects when a
 * test failed; what became of each is written to the file that the environment names, if it names one.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000 });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  activationTests();
  contributionTests();
  toolTests();
  const results: InHostResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => results.push({ test: test.fullTitle(), says: '' }));
    runner.on('fail', (test, error: Error) =>
      results.push({ test: test.fullTitle(), says: error.stack ?? error.message }),
    );
  });
  const { [resultsVariable]: file } = process.env;
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  if (failures > 0) {
    throw new Error(
      `${failures} failed: ${results
        .filter(({ says }) => says !== '')
        .map(({ test, says }) => `${test}\n${says}`)
        .join('\n')}`,
    );
  }
}

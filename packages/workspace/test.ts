// Runs every suite that this machine can run and ends with one line over all of them.
import { bedUnavailableReason } from '../../test/bed/fixtures.ts';
import { cannotRun, program, vitest } from './suite.ts';
import type { Suite, SuiteResult } from './suite.ts';

const always: readonly Suite[] = [
  program('lint', ['node_modules/oxlint/bin/oxlint', '--deny-warnings']),
  program('types', ['node_modules/typescript/bin/tsc', '--build']),
  program('types of tests', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.tests.json']),
  program('unused', ['node_modules/knip/bin/knip.js']),
  program('build', ['packages/workspace/build.ts']),
  vitest('unit', 15),
  vitest('architecture', 10),
  vitest('faults', 15),
];

async function onBed(name: 'contract' | 'scenarios', layer: 'control-plane' | 'kind', minutes: number): Promise<Suite> {
  const reason = await bedUnavailableReason(layer);
  return reason === undefined ? vitest(name, minutes) : cannotRun(name, reason);
}

function row(result: SuiteResult): string {
  const { name, passed, failed, skipped, seconds, reason } = result;
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${failed > 0 ? 'FAIL' : reason === undefined ? 'ok  ' : 'skip'}  ${name.padEnd(13)} ${counts}  (${seconds} s)`;
}

async function run(): Promise<number> {
  const only = process.argv.slice(2);
  const all = [...always, await onBed('contract', 'control-plane', 15), await onBed('scenarios', 'kind', 40)];
  const suites = only.length === 0 ? all : all.filter((suite) => only.includes(suite.name));
  if (suites.length === 0) {
    process.stderr.write(`No suite is called ${only.join(', ')}. There are: ${all.map((s) => s.name).join(', ')}.\n`);
    return 64;
  }
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    const result = await suite.run();
    results.push(result);
    process.stdout.write(`${row(result)}\n`);
  }
  const sum = (count: (r: SuiteResult) => number): number => results.reduce((total, r) => total + count(r), 0);
  const left = results.filter((r) => r.reason !== undefined);
  if (left.length > 0) process.stdout.write(`\nSkipped:\n${left.map((r) => `  ${r.name}: ${r.reason}`).join('\n')}\n\n`);
  // Where everything can be installed, a suite that did not run is a failure.
  const strict = process.env['AUTODEVOPS_NO_SKIPS'] === '1' ? left.length : 0;
  const failed = sum((r) => r.failed) + strict;
  const skipped = sum((r) => r.skipped) - strict;
  process.stdout.write(`${sum((r) => r.passed)} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await run();

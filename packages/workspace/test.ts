// Runs every suite that this machine can run and ends with one line over all of them.
import { bedUnavailableReason, deliveryUnavailableReason } from '../../test/bed/fixtures.ts';
import { editorUnavailableReason } from '../../test/editor/available.ts';
import { cannotRun, program, runProgram, vitest } from './suite.ts';
import type { Suite, SuiteResult } from './suite.ts';

const always: readonly Suite[] = [
  program('lint', ['node_modules/oxlint/bin/oxlint', '--deny-warnings']),
  program('types', ['node_modules/typescript/bin/tsc', '--build']),
  program('types of tests', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.tests.json']),
  program('unused', ['node_modules/knip/bin/knip.js']),
  program('build', ['packages/workspace/build.ts']),
  program('extension', ['packages/workspace/extension.ts', 'package']),
  vitest('unit', 15),
  vitest('architecture', 10),
  vitest('faults', 15),
];

async function onBed(name: 'contract' | 'scenarios', layer: 'control-plane' | 'kind', minutes: number): Promise<Suite> {
  const reason = await bedUnavailableReason(layer);
  return reason === undefined ? vitest(name, minutes) : cannotRun(name, reason);
}

/** Helm, Flux and their like: real ones, where somebody had them built. */
async function withTools(): Promise<Suite> {
  const reason = await deliveryUnavailableReason();
  return reason === undefined ? vitest('tools', 20) : cannotRun('tools', reason);
}

/** The extension in windows of a real editor: half an hour, and only when it is asked for by name. */
async function inEditor(): Promise<Suite> {
  const reason = await editorUnavailableReason();
  return reason === undefined ? vitest('editor', 60) : cannotRun('editor', reason);
}

function row(result: SuiteResult): string {
  const { name, passed, failed, skipped, seconds, reason } = result;
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${failed > 0 ? 'FAIL' : reason === undefined ? 'ok  ' : 'skip'}  ${name.padEnd(13)} ${counts}  (${seconds} s)`;
}

/** Runs suites one after the other and says of each how it ended as soon as it has. */
async function inTurn(suites: readonly Suite[]): Promise<readonly SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    const result = await suite.run();
    results.push(result);
    process.stdout.write(`${row(result)}\n`);
  }
  return results;
}

/**
 * What the bed runs of is built while the suites that need none run, and gives way to them. Those that need it come
 * after: `contract` waits for real minutes more than it works, so it runs beside `scenarios`, and `tools` and `editor`
 * after it.
 */
async function runAll(suites: readonly Suite[], onBed: readonly Suite[]): Promise<readonly SuiteResult[]> {
  const needed = onBed.filter(({ isRunnable }) => isRunnable).map(({ name }) => name);
  const layer = needed.includes('scenarios') || needed.includes('editor') ? 'kind' : 'control-plane';
  const built = needed.length > 0 ? runProgram(['test/bed/bed.ts', 'build', '--layer', layer], { loud: false, minutes: 40 }) : undefined;
  const first = await inTurn(suites);
  await built;
  const ways = [onBed.filter(({ name }) => name !== 'scenarios'), onBed.filter(({ name }) => name === 'scenarios')];
  return [...first, ...(await Promise.all(ways.map(inTurn))).flat()];
}

async function run(): Promise<number> {
  const only = process.argv.slice(2);
  const bed = [await onBed('contract', 'control-plane', 20), await withTools(), await onBed('scenarios', 'kind', 40), ...(only.includes('editor') ? [await inEditor()] : [])];
  const wanted = (suite: Suite): boolean => only.length === 0 || only.includes(suite.name);
  const chosen = { suites: always.filter(wanted), onBed: bed.filter(wanted) };
  if (chosen.suites.length + chosen.onBed.length === 0) {
    process.stderr.write(`No suite is called ${only.join(', ')}. There are: ${[...always, ...bed].map((s) => s.name).join(', ')}, editor.\n`);
    return 64;
  }
  const results = await runAll(chosen.suites, chosen.onBed);
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

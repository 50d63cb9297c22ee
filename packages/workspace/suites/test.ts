// Runs every suite that this machine can run and ends with one line over all of them: `npm test -- --help`.
import { bedUnavailableReason, deliveryUnavailableReason } from '../../../test/bed/fixtures.ts';
import { editorUnavailableReason } from '../../../test/editor/available.ts';
import { refuse, wordsOf } from '../developer-command.ts';
import { cannotRun, endOfRun, inTime, program, runProgram, vitest } from './suite.ts';
import type { Suite, SuiteResult } from './suite.ts';

const always: readonly Suite[] = [
  program('lint', ['node_modules/oxlint/bin/oxlint', '--deny-warnings']),
  program('format', ['node_modules/oxfmt/bin/oxfmt', '--check']),
  program('types', ['node_modules/typescript/bin/tsc', '--build']),
  program('types of tests', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.tests.json']),
  program('unused', ['node_modules/knip/bin/knip.js']),
  program('build', ['packages/workspace/build/build.ts']),
  program('extension', ['packages/workspace/build/extension.ts', 'package']),
  vitest('unit', 15),
  vitest('architecture', 10),
  vitest('faults', 15),
];

async function onBed(
  name: 'contract' | 'scenarios' | 'walks',
  layer: 'control-plane' | 'kind',
  minutes: number,
  needs: number,
): Promise<Suite> {
  const reason = await bedUnavailableReason(layer);
  return reason === undefined ? vitest(name, minutes, needs) : cannotRun(name, reason);
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
async function inTurn(suites: readonly Suite[], end: number): Promise<readonly SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    const result = await inTime(suite, end).run();
    results.push(result);
    process.stdout.write(`${row(result)}\n`);
  }
  return results;
}

/** Builds what a layer of the bed runs of, where a suite needs it. It gives way to whatever runs beside it. */
async function build(layer: 'control-plane' | 'kind', isNeeded: boolean): Promise<void> {
  if (isNeeded) await runProgram(['test/bed/bed.ts', 'build', '--layer', layer], { loud: false, minutes: 40 });
}

/** What plays on the shared Kind cluster, one after the other. */
const onNodesOnly: ReadonlySet<string> = new Set(['scenarios', 'walks']);

/**
 * What the bed runs of is built while the suites that need none run. Those that need it come after: `contract` needs a
 * control plane only and waits for real minutes more than it works, so it and then `tools` and `editor` run beside the
 * building of the nodes, and then beside `scenarios` and `walks`.
 */
async function runAll(suites: readonly Suite[], onBed: readonly Suite[], end: number): Promise<readonly SuiteResult[]> {
  const needed = new Set(onBed.filter(({ isRunnable }) => isRunnable).map(({ name }) => name));
  const controlPlane = build('control-plane', needed.size > 0);
  const nodes = controlPlane.then(() =>
    build(
      'kind',
      ['scenarios', 'walks', 'editor'].some((name) => needed.has(name)),
    ),
  );
  const first = await inTurn(suites, end);
  const onControlPlane = controlPlane.then(() =>
    inTurn(
      onBed.filter(({ name }) => !onNodesOnly.has(name)),
      end,
    ),
  );
  const onNodes = nodes.then(() =>
    inTurn(
      onBed.filter(({ name }) => onNodesOnly.has(name)),
      end,
    ),
  );
  return [...first, ...(await onControlPlane), ...(await onNodes)];
}

const suites = [...always.map(({ name }) => name), 'contract', 'tools', 'scenarios', 'walks', 'editor'];
const command = {
  name: 'npm test --',
  help: `Runs every suite that this machine can run; what it cannot is listed at the end, with the reason.

Usage: npm test [SUITE ...]

  SUITE    ${suites.join(', ')}
           all but "editor" where none is named
  --help

Environment
  AUTODEVOPS_TEST_MINUTES   how long the run may take; a suite that needs more than is left is skipped
  AUTODEVOPS_NO_SKIPS=1     a suite that was skipped counts as failed

Exit codes: 0 nothing failed, 1 something did, 64 wrong usage.
`,
  options: {},
  words: { most: suites.length, among: suites },
} as const;

function endOf(minutes: string | undefined): number {
  try {
    return endOfRun(minutes);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), command);
  }
}

async function run(): Promise<number> {
  const only: readonly string[] = wordsOf(command).positionals;
  const end = endOf(process.env['AUTODEVOPS_TEST_MINUTES']);
  const bed = [
    await onBed('contract', 'control-plane', 20, 10),
    await withTools(),
    await onBed('scenarios', 'kind', 40, 20),
    await onBed('walks', 'kind', 40, 25),
    ...(only.includes('editor') ? [await inEditor()] : []),
  ];
  const wanted = (suite: Suite): boolean => only.length === 0 || only.includes(suite.name);
  const chosen = { suites: always.filter(wanted), onBed: bed.filter(wanted) };
  const results = await runAll(chosen.suites, chosen.onBed, end);
  const sum = (count: (r: SuiteResult) => number): number => results.reduce((total, r) => total + count(r), 0);
  const left = results.filter((r) => r.reason !== undefined);
  if (left.length > 0) {
    process.stdout.write(`\nSkipped:\n${left.map((r) => `  ${r.name}: ${r.reason}`).join('\n')}\n\n`);
  }
  // A run of twenty minutes prints much: what has to be looked at stands together, at its end.
  for (const { name, failures = [] } of results) {
    for (const failure of failures) process.stdout.write(`\n${name}: ${failure}\n`);
  }
  // Where everything can be installed, a suite that did not run is a failure.
  const strict = process.env['AUTODEVOPS_NO_SKIPS'] === '1' ? left.length : 0;
  const failed = sum((r) => r.failed) + strict;
  const skipped = sum((r) => r.skipped) - strict;
  process.stdout.write(`${sum((r) => r.passed)} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await run();

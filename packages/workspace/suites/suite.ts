import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How a suite ended. `skipped` are single tests; `reason` is why a whole suite did not run. */
export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly reason?: string;
  /** Each test that failed: its name and, below it, why. */
  readonly failures?: readonly string[];
}

export interface Suite {
  readonly name: string;
  /** Whether this machine can run it; false is counted as skipped, with the reason. */
  readonly isRunnable: boolean;
  /** The minutes that it needs; where fewer are left of a limited run it is not begun, since half a suite tells nothing. */
  readonly needs: number;
  readonly run: () => Promise<SuiteResult>;
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs Node on a program of the workspace; what it prints is passed on when it fails, or live with `loud`. */
export function runProgram(args: readonly string[], options: { loud: boolean; minutes: number }): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: process.env });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-200_000);
      if (options.loud) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => child.kill('SIGTERM'), options.minutes * 60_000);
    const end = (code: number): void => {
      clearTimeout(timer);
      if (code !== 0 && !options.loud) process.stdout.write(output);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += String(error);
      end(1);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}

/** A program that passes or fails as a whole, such as the linter: it counts as one test. */
export function program(name: string, args: readonly string[]): Suite {
  return {
    name,
    isRunnable: true,
    needs: 0,
    run: async () => {
      const started = performance.now();
      const { code } = await runProgram(args, { loud: false, minutes: 10 });
      return {
        name,
        passed: code === 0 ? 1 : 0,
        failed: code === 0 ? 0 : 1,
        skipped: 0,
        seconds: secondsSince(started),
      };
    },
  };
}

interface TestFile {
  readonly name: string;
  readonly message: string;
  readonly status: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}

interface VitestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly success?: boolean;
  readonly testResults?: readonly TestFile[];
}

/** The first lines of a message, without colours and the stack, below the name that they belong to. */
function failure(name: string, message: string): string {
  const lines = stripVTControlCharacters(message).split('\n');
  const stack = lines.findIndex((line) => /^\s+at /u.test(line));
  const told = lines.slice(0, stack < 0 ? lines.length : stack).slice(0, 12);
  return [name, ...told.map((line) => `    ${line}`)].join('\n');
}

/** What failed, test by test; of a file that could not be loaded, the file. */
function failuresOf(file: TestFile): readonly string[] {
  const tests = file.assertionResults.filter(({ status }) => status === 'failed');
  if (tests.length === 0) return file.status === 'failed' ? [failure(file.name, file.message)] : [];
  return tests.map(({ fullName, failureMessages }) => failure(fullName, failureMessages.join('\n')));
}

/** One project of vitest.config.ts, ended after `minutes`. A run that reports no test, or dies, counts as one failure. */
export function vitest(name: string, minutes: number, needs = 0): Suite {
  return {
    name,
    isRunnable: true,
    needs,
    run: async () => {
      const started = performance.now();
      const folder = mkdtempSync(join(tmpdir(), 'autodevops-test-'));
      const file = join(folder, 'report.json');
      const args = [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        name,
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ];
      const { code } = await runProgram(args, { loud: false, minutes });
      let report: VitestReport = {};
      try {
        report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
      } catch {
        // No report: the failure below says so.
      }
      rmSync(folder, { recursive: true, force: true });
      const passed = report.numPassedTests ?? 0;
      const failed = report.numFailedTests ?? 0;
      const died = failed === 0 && (code !== 0 || passed === 0);
      const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
      const failures = (report.testResults ?? []).flatMap(failuresOf);
      return { name, passed, failed: died ? 1 : failed, skipped, seconds: secondsSince(started), failures };
    },
  };
}

/** The end of a run that may take only so many minutes, in milliseconds since the epoch; without a limit there is none. */
export function endOfRun(minutes: string | undefined): number {
  if (minutes === undefined) return Number.POSITIVE_INFINITY;
  const limit = Number(minutes);
  if (!(limit > 0)) throw new Error(`AUTODEVOPS_TEST_MINUTES is "${minutes}": it has to be a number of minutes.`);
  return Date.now() + limit * 60_000;
}

/** The suite, or, where too little time is left for it, its place among what was skipped. */
export function inTime(suite: Suite, end: number): Suite {
  const left = Math.floor((end - Date.now()) / 60_000);
  return left >= suite.needs
    ? suite
    : cannotRun(suite.name, `it needs ${suite.needs} minutes, and ${Math.max(left, 0)} were left of this run`);
}

/** A suite that this machine cannot run: counted as skipped, with the reason. */
export function cannotRun(name: string, reason: string): Suite {
  return {
    name,
    isRunnable: false,
    needs: 0,
    run: async () => ({ name, passed: 0, failed: 0, skipped: 1, seconds: 0, reason }),
  };
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a suite ended. `skipped` are single tests; `reason` is why a whole suite did not run. */
export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly reason?: string;
}

export interface Suite {
  readonly name: string;
  /** Whether this machine can run it; false is counted as skipped, with the reason. */
  readonly isRunnable: boolean;
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
    run: async () => {
      const started = performance.now();
      const { code } = await runProgram(args, { loud: false, minutes: 10 });
      return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds: secondsSince(started) };
    },
  };
}

interface VitestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly success?: boolean;
}

/** One project of vitest.config.ts. A run that reports no test, or dies, counts as one failure. */
export function vitest(name: string, minutes: number): Suite {
  return {
    name,
    isRunnable: true,
    run: async () => {
      const started = performance.now();
      const folder = mkdtempSync(join(tmpdir(), 'autodevops-test-'));
      const file = join(folder, 'report.json');
      const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', name, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
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
      return { name, passed, failed: died ? 1 : failed, skipped, seconds: secondsSince(started) };
    },
  };
}

/** A suite that this machine cannot run: counted as skipped, with the reason. */
export function cannotRun(name: string, reason: string): Suite {
  return { name, isRunnable: false, run: async () => ({ name, passed: 0, failed: 0, skipped: 1, seconds: 0, reason }) };
}

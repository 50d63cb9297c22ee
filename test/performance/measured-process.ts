import { spawn } from 'node:child_process';

/** What one measured process reported on its last line, as JSON, and how long it lived. */
export interface Measured {
  readonly milliseconds: number;
  readonly figures: Readonly<Record<string, number>>;
  /** What it printed. */
  readonly output: string;
}

/** Runs Node on a program in a fresh process. Fails when it fails. `node`: another Node binary, or this one. */
export function measure(
  args: readonly string[],
  options: { env?: Record<string, string>; accept?: readonly number[] } = {},
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      timeout: 300_000,
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      const milliseconds = performance.now() - started;
      if (!(options.accept ?? [0]).includes(code ?? 1)) {
        return reject(new Error(`${args.join(' ')} ended with ${code}: ${errors.slice(-2000)}`));
      }
      const last = output.trim().split('\n').at(-1) ?? '';
      resolve({
        milliseconds,
        output,
        figures: last.startsWith('{"figures"') ? (JSON.parse(last) as { figures: Record<string, number> }).figures : {},
      });
    });
  });
}

/** Printed by a measured program as its last line. */
export function report(figures: Readonly<Record<string, number>>): void {
  process.stdout.write(`\n${JSON.stringify({ figures })}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

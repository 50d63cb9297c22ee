import { execFile } from 'node:child_process';

const patience = 8000;

/** The first line that a program prints, run without a shell; undefined when there is none or it fails. */
export function programVersion(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: patience, windowsHide: true }, (error, stdout) => {
      const first = stdout.split('\n').find((line) => line.trim() !== '');
      resolve(error === null ? (first?.trim() ?? '') : undefined);
    });
  });
}

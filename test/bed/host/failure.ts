/** Exit codes of `npm run bed`, after sysexits.h. */
export const EXIT = { ok: 0, failed: 1, usage: 64, missing: 69 } as const;

/** What went wrong, what to do about it, and the exit code that says which kind it is. */
export class BedError extends Error {
  readonly advice: string;
  readonly exitCode: number;

  constructor(message: string, advice: string, exitCode: number = EXIT.failed) {
    super(message);
    this.name = 'BedError';
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

/** Something this machine would need and does not have. */
export function missing(message: string, advice: string): BedError {
  return new BedError(message, advice, EXIT.missing);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

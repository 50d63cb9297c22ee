import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Ended } from '../engine-command.ts';

/** How a command failed, on one line, without secrets. */
export function whyOf({ code, said, why }: Ended): string {
  if (why === 'late') return 'it took too long';
  if (why !== '') return `it could not be run (${why})`;
  return said === '' ? `exit code ${code ?? 'unknown'}` : oneLine(redact(said), 300);
}

/** The end of a sentence that goes on with another full stop. */
export function unstopped(text: string): string {
  return text.replace(/[.?!\s]+$/, '');
}

/** The error that a failed command of the engine becomes. */
export function engineFailure(what: string, ended: Ended, code: ErrorCode = 'local.failed'): AutoDevOpsError {
  return new AutoDevOpsError(
    code,
    `${what}: ${unstopped(whyOf(ended))}.`,
    'Look at the container engine, and try again; what was done stays.',
  );
}

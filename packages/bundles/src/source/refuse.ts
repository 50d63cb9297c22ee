import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

/** The error for what no honest bundle holds. `what` ends without a full stop. */
export function refuse(what: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'bundle.refused',
    `The bundle is refused: ${what}.`,
    'Ask whoever made it for a fresh one, or unpack it yourself, look at it and pass the folder.',
  );
}

/** A foreign file name, safe to print and short. */
export function shown(path: string): string {
  return oneLine(path, 120);
}

export function megabytes(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BedError, EXIT } from './failure.ts';

/** The folder test/bed of the checkout; the bed reads from it and never writes to it. */
export const SOURCE = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export function cacheFolder(): string {
  return process.env['AUTODEVOPS_BED_CACHE'] || join(homedir(), '.cache', 'autodevops-bed');
}

/** Where everything of one bed in operation is kept: kubeconfig, logs, certificates, state. */
export function runFolder(name: string): string {
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(name)) {
    throw new BedError(
      `"${name}" cannot be the name of a bed.`,
      'Use 2 to 40 lower-case letters, digits and dashes.',
      EXIT.usage,
    );
  }
  return join(cacheFolder(), 'run', name);
}

export function lockFile(name: string): string {
  return join(cacheFolder(), 'locks', `${name}.lock`);
}

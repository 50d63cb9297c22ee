import { join } from 'node:path';

/** Where the command line lies beside the extension. */
export function programFile(extensionFolder: string): string {
  return join(extensionFolder, 'dist', 'program', 'bin', 'autodevops.mjs');
}

import { appendFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const largest = 1024 * 1024;

/** Where programs keep state of this kind, by platform. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'autodevops');
  if (platform === 'darwin') return join(home, 'Library', 'Logs', 'autodevops');
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'autodevops');
}

/** Appends to the log of unexpected failures (readable by its owner only, a megabyte at most). Undefined when it cannot. */
export function keepIn(folder: string, entry: string): string | undefined {
  const path = join(folder, 'errors.log');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) truncateSync(path);
    appendFileSync(path, `${entry}\n\n`, { mode: 0o600 });
    return path;
  } catch {
    return undefined;
  }
}

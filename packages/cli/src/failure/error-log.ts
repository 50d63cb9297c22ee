import { appendFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { stateHome } from '@autodevops/agentd/process/state-home';

const largest = 1024 * 1024;

/** Where programs keep logs, by platform. */
export function logFolder(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  return platform === 'darwin' ? join(home, 'Library', 'Logs', 'autodevops') : stateHome(env, platform, home);
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

import { join } from 'node:path';

/** What this user's programs keep for themselves, by platform. */
export function stateHome(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'autodevops');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'autodevops');
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'autodevops');
}

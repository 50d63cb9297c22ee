import { spawnSync } from 'node:child_process';

const rights = '-dac_override,-dac_read_search';
const withoutRights = ['setpriv', `--bounding-set=${rights}`, `--inh-caps=${rights}`];

/**
 * How a program is started that may read and write only what modes let its user: root may do so whatever they say.
 * Undefined where that cannot be had.
 */
export function boundByModes(): readonly string[] | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.getuid?.() !== 0) return [];
  const [program = '', ...args] = withoutRights;
  return spawnSync(program, [...args, 'true'], { timeout: 10_000 }).status === 0 ? withoutRights : undefined;
}

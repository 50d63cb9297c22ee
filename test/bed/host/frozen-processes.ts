import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const freezer = '/sys/fs/cgroup/freezer';

/**
 * Lets what is frozen in a container of Docker go on, so that it can be killed. With version 1 of cgroups runc freezes a
 * container while it changes or kills it; a runc that ends in its middle leaves processes that no signal reaches. Where
 * version 2 is used there is no such folder, and nothing to do: there SIGKILL ends frozen processes, too.
 *
 * @param container The whole id.
 */
export function thawProcesses(container: string, root = freezer): void {
  const folder = join(root, 'docker', container);
  if (!existsSync(folder)) return;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('freezer.state')) continue;
    const state = join(folder, path);
    try {
      if (readFileSync(state, 'utf8').trim() !== 'THAWED') writeFileSync(state, 'THAWED');
    } catch {
      // It went meanwhile, which is what is wanted.
    }
  }
}

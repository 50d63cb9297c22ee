import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The agents that run for windows with everything below `home`, as the system lists them: a command line names that folder, or a process stands in it. */
export function runningAgents(home: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        const line = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
        return (
          line.includes('__agent') &&
          (line.some((word) => word.startsWith(home)) || readlinkSync(`/proc/${id}/cwd`).startsWith(home))
        );
      } catch {
        return false;
      }
    });
}

import { readFile } from 'node:fs/promises';
import { onCallAt } from '@autodevops/agent-core/incidents/on-call/rotation';
import { readRotations } from '@autodevops/agent-core/incidents/on-call/read-rotations';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { RotationSchedule } from '@autodevops/domain/incident/rotations';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';

function lost(name: string, error: unknown): AutoDevOpsError {
  const why = error instanceof AutoDevOpsError ? error.message : 'its file cannot be read.';
  return new AutoDevOpsError(
    'on-call.unknown',
    `Who is on call by ${name} is not known: ${why}`,
    'Correct the file of on-call schedules; docs/incidents.md shows one.',
    { cause: error },
  );
}

/** A schedule of a file of rotations. A file that was spoilt counts on as it was read last. */
export function rotationsOnCall(name: string, file: string): OnCallSchedule {
  let had: RotationSchedule | undefined;
  const read = async (signal: AbortSignal): Promise<RotationSchedule> => {
    const found = readRotations(await readFile(file, { encoding: 'utf8', signal }), file).get(name);
    if (found === undefined) {
      throw new AutoDevOpsError('config.invalid', `${file} has no schedule ${name}.`, 'Add it, or correct its name.');
    }
    return found;
  };
  return {
    name,
    at: async (time, { signal }) => {
      try {
        had = await read(signal);
      } catch (error) {
        if (signal.aborted) throw error;
        if (had === undefined) throw lost(name, error);
      }
      return onCallAt(time, had);
    },
  };
}

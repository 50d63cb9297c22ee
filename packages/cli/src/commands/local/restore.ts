import { resolve } from 'node:path';
import { command } from '../../command.ts';
import { localWork } from '../../local/local-options.ts';
import { runLocal } from '../../local/run-local.ts';
import { usageError } from '../../options/usage-error.ts';

export const localRestoreCommand = command({
  operands: '[FILE]',
  description:
    'Puts the objects of a snapshot into the local cluster, those that others need first. What is there already is made as it was; what came later stays. Without a file it is the newest snapshot of this cluster. It only ever writes to a cluster that was made from here.',
  examples: [['autodevops local restore', 'after a reset']],
  options: { ...localWork },
  run: async (run) => {
    const {
      options: { config, name },
      positionals: [file, more],
      surroundings,
      signal,
    } = run;
    if (more !== undefined) throw usageError('From which file?', 'Give one, or none.');
    const door = await surroundings.local({ config, name });
    const events = door.cluster.restore({ signal, file: file === undefined ? undefined : resolve(file) });
    return await runLocal(run, {
      door,
      events,
      afterInterruption: 'What is back stays; `autodevops local restore` goes on.',
    });
  },
});

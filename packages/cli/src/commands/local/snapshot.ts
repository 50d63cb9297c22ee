import { resolve } from 'node:path';
import { command } from '../../command.ts';
import { localWork } from '../../local/local-options.ts';
import { runLocal } from '../../local/run-local.ts';
import { flag } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';

const secrets = option(flag, {
  says: 'Secrets too, with their values. The file is readable by you alone.',
});

export const localSnapshotCommand = command({
  operands: '[FILE]',
  description:
    'Writes the objects that people put into the local cluster into a file: everything but what Kubernetes, kind and controllers make by themselves. Contents of volumes and images are not in it, Secrets only if asked for. Without a file it is kept beside the state, for `local restore`.',
  examples: [
    ['autodevops local snapshot', 'before a reset'],
    ['autodevops local snapshot shop.json --secrets', 'into a file of your own, with Secrets'],
  ],
  options: { ...localWork, secrets },
  run: async (run) => {
    const {
      options: { config, name, secrets: withSecrets },
      positionals: [file, more],
      surroundings,
      signal,
    } = run;
    if (more !== undefined) throw usageError('Into which file?', 'Give one, or none.');
    const door = await surroundings.local({ config, name });
    const events = door.cluster.snapshot({
      signal,
      file: file === undefined ? undefined : resolve(file),
      secrets: withSecrets,
    });
    return await runLocal(run, { door, events, afterInterruption: 'No file was written.' });
  },
});

import { command } from '../../command.ts';
import { localWork } from '../../local/local-options.ts';
import { runLocal } from '../../local/run-local.ts';
import { usageError } from '../../options/usage-error.ts';

export const localLoadCommand = command({
  operands: 'IMAGE...',
  description:
    'Loads images of the container engine into every node, so that pods can use them without a registry. Use a tag other than latest, or `imagePullPolicy: IfNotPresent`.',
  examples: [['autodevops local load web:1 worker:1', 'what was just built']],
  options: { ...localWork },
  run: async (run) => {
    const {
      options: { config, name },
      positionals,
      surroundings,
      signal,
    } = run;
    if (positionals.length === 0) {
      throw usageError('Which image?', 'Name one or more, as the engine has them: `autodevops local load web:1`.');
    }
    const door = await surroundings.local({ config, name });
    return await runLocal(run, {
      door,
      events: door.cluster.load(positionals, { signal }),
      afterInterruption: 'What was loaded stays; load the others again.',
    });
  },
});

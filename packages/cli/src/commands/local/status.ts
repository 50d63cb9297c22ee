import { command } from '../../command.ts';
import { localLook } from '../../local/local-options.ts';
import { localStatusText } from '../../local/status-text.ts';
import { structuredText } from '../../render/structured.ts';

export const localStatusCommand = command({
  operands: '',
  description:
    'How the local cluster stands: absent, half made, running, stopped; its nodes and where it answers. Exit codes: 0 it runs and answers, 1 it does not.',
  examples: [['autodevops local status -o json', 'for a program']],
  options: { ...localLook },
  run: async ({ options: { config, name, output }, surroundings, look, signal }) => {
    const { cluster } = await surroundings.local({ config, name });
    const status = await cluster.status({ signal });
    surroundings.stdout.write(
      output === 'text'
        ? localStatusText(status, look, new Date(surroundings.now()).toISOString())
        : await structuredText(status, output),
    );
    return status.phase === 'running' && status.ready ? 0 : 1;
  },
});

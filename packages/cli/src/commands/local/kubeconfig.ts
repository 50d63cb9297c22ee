import { command } from '../../command.ts';
import { localLook } from '../../local/local-options.ts';
import { flag } from '../../options/form.ts';
import { option } from '../../options/option.ts';

const { output: _output, ...which } = localLook;
const merge = option(flag, {
  says: 'Write its context where kubectl looks (or into `cluster.kubeconfig`), and make it the current one.',
});

export const localKubeconfigCommand = command({
  operands: '',
  description:
    'Prints the kubeconfig of the local cluster alone. It is that of an administrator: keep it for yourself.',
  examples: [
    ['autodevops local kubeconfig > dev.kubeconfig', 'for a program that wants a file'],
    ['autodevops local kubeconfig --merge', 'when the context was lost or is stale'],
  ],
  options: { merge, ...which },
  run: async ({ options: { config, name, merge: merges }, surroundings, signal }) => {
    const { cluster } = await surroundings.local({ config, name });
    surroundings.stdout.write(await cluster.kubeconfig({ signal, merge: merges }));
    return 0;
  },
});

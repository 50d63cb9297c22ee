import { command } from '../../command.ts';
import { localWork } from '../../local/local-options.ts';
import { runLocal } from '../../local/run-local.ts';
import { agentOf, endAgent } from '../../local/with-agent-step.ts';

export const localStopCommand = command({
  operands: '',
  description:
    "Stops the nodes of the local cluster, and its agent's process. Everything in it stays; it takes no processor and no memory any more.",
  examples: [['autodevops local stop', 'for the night']],
  options: { ...localWork },
  run: async (run) => {
    const {
      options: { config, name },
      surroundings,
      signal,
    } = run;
    const door = await surroundings.local({ config, name });
    const { phase } = await door.cluster.status({ signal });
    if (phase === 'running' || phase === 'partly-running') {
      await endAgent(await surroundings.agents(), agentOf(door), signal);
    }
    return await runLocal(run, {
      door,
      events: door.cluster.stop({ signal }),
      afterInterruption: '`autodevops local stop` goes on; `autodevops local start` starts what is stopped.',
    });
  },
});

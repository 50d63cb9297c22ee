import { command } from '../../command.ts';
import { localWork, noAgent } from '../../local/local-options.ts';
import { runLocal } from '../../local/run-local.ts';
import { agentOf, thenAgent } from '../../local/with-agent-step.ts';
import { whatNext } from './up.ts';

export const localStartCommand = command({
  operands: '',
  description:
    'Starts the nodes of a stopped local cluster and waits until they are ready, then its agent if the configuration names agents.',
  examples: [['autodevops local start', 'in the morning']],
  options: { ...localWork, noAgent },
  run: async (run) => {
    const {
      options: { config, name, noAgent: alone },
      surroundings,
      signal,
    } = run;
    const door = await surroundings.local({ config, name });
    const events = door.cluster.start({ signal });
    const withAgent =
      door.agents && !alone ? thenAgent(events, await surroundings.agents(), agentOf(door), signal) : events;
    return await runLocal(run, {
      door,
      events: withAgent,
      afterInterruption: '`autodevops local start` goes on from here.',
      next: () => whatNext(door),
    });
  },
});

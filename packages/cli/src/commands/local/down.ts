import { command } from '../../command.ts';
import { consents, removalQuestion } from '../../local/consent.ts';
import { localWork, yes } from '../../local/local-options.ts';
import { runLocal } from '../../local/run-local.ts';
import { agentOf, endAgent } from '../../local/with-agent-step.ts';

export const localDownCommand = command({
  operands: '',
  description:
    "Removes the local cluster with everything in it: its agent's process, nodes, context and state. Asks first. A Kind cluster that was not made from here is never touched: every node carries a label of which the state file has the value.",
  examples: [
    ['autodevops local down', 'asks'],
    ['autodevops local down --yes', 'does not'],
  ],
  options: { ...localWork, yes },
  run: async (run) => {
    const {
      options: { config, name, yes: sure },
      surroundings,
      signal,
    } = run;
    const door = await surroundings.local({ config, name });
    const status = await door.cluster.status({ signal });
    const isThere = status.phase !== 'absent' && status.phase !== 'foreign';
    if (isThere && !(await consents({ surroundings, yes: sure, signal }, removalQuestion(status)))) {
      surroundings.stderr.write('Nothing was changed.\n');
      return 1;
    }
    // An agent outlives a cluster that somebody removed elsewhere.
    if (isThere || (status.phase === 'absent' && status.engine !== null)) {
      await endAgent(await surroundings.agents(), agentOf(door), signal);
    }
    return await runLocal(run, {
      door,
      events: door.cluster.down({ signal }),
      afterInterruption: '`autodevops local down` goes on from here.',
    });
  },
});

import { command } from '../../command.ts';
import { consents, removalQuestion } from '../../local/consent.ts';
import { localWork, noAgent, noWait, yes } from '../../local/local-options.ts';
import { agentOf, endAgent } from '../../local/with-agent-step.ts';
import { bringUp } from './up.ts';

export const localResetCommand = command({
  operands: '',
  description:
    'Removes the local cluster with everything in it and makes it anew from the configuration as it is now. Asks first, and only does it to a cluster that was made from here. `local snapshot` keeps the objects before, `local restore` puts them back.',
  examples: [['autodevops local reset --yes', 'without being asked']],
  options: { ...localWork, yes, noWait, noAgent },
  run: async (run) => {
    const {
      options: { config, name, yes: sure, noWait: hurried, noAgent: alone },
      surroundings,
      signal,
    } = run;
    const door = await surroundings.local({ config, name });
    const status = await door.cluster.status({ signal });
    if (status.phase !== 'absent' && status.phase !== 'foreign') {
      if (!(await consents({ surroundings, yes: sure, signal }, removalQuestion(status)))) {
        surroundings.stderr.write('Nothing was changed.\n');
        return 1;
      }
      await endAgent(await surroundings.agents(), agentOf(door), signal);
    }
    return await bringUp(run, door, { wait: !hurried, agent: !alone, verb: 'reset' });
  },
});

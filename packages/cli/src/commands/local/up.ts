import { command } from '../../command.ts';
import type { CommandRun } from '../../command.ts';
import { localWork, noAgent, noWait } from '../../local/local-options.ts';
import type { LocalDoor } from '../../local/local-door.ts';
import { goesOn, runLocal } from '../../local/run-local.ts';
import { tellUnread } from '../../local/unread-configuration.ts';
import { agentOf, thenAgent } from '../../local/with-agent-step.ts';
import { agentFlags } from '../../render/agent-flags.ts';

/** What one can do with it, once it runs. */
export function whatNext({ settings, agents }: LocalDoor): readonly string[] {
  const { context, kubeconfig } = agentOf({ settings });
  const flags = agentFlags({ context, kubeconfig });
  return [
    `Next: \`autodevops diagnose${flags}\`, \`kubectl get nodes${flags}\`.`,
    ...(agents ? [] : [`Its agent: \`autodevops agent start${flags}\`.`]),
  ];
}

interface Upwards {
  readonly wait: boolean;
  readonly agent: boolean;
  readonly verb: 'up' | 'reset';
}

/** Brings the cluster up, or down and up, then its agent where the configuration names one. */
export async function bringUp(
  run: Pick<CommandRun<{ readonly output: 'text' | 'json' | 'jsonl' }>, 'options' | 'surroundings' | 'signal'>,
  door: LocalDoor,
  { wait, agent, verb }: Upwards,
): Promise<number> {
  const { surroundings, signal } = run;
  await tellUnread(surroundings, door);
  const events = door.cluster[verb]({ signal, wait });
  const withAgent =
    agent && door.agents ? thenAgent(events, await surroundings.agents(), agentOf(door), signal) : events;
  return await runLocal(run, { door, events: withAgent, afterInterruption: goesOn, next: () => whatNext(door) });
}

export const localUpCommand = command({
  operands: '',
  description:
    'Makes a local Kind cluster, goes on with one whose making was interrupted, or starts one that is stopped. It is made from the configuration (`cluster:` with `type: kind`), else with three nodes. It takes no more than half of the machine unless told to, and its agent is started if the configuration names agents. Its context is written where kubectl looks, and becomes the current one. Ctrl-C ends it: the next `up` goes on, `down` removes what is there.',
  examples: [
    ['autodevops local up', 'three nodes, named autodevops'],
    ['autodevops local up --config local-config.yaml', 'as a configuration says'],
    ['autodevops local up -o jsonl', 'for a program that shows the steps'],
  ],
  options: { ...localWork, noWait, noAgent },
  run: async (run) => {
    const { noWait: hurried, noAgent: alone, config, name } = run.options;
    return await bringUp(run, await run.surroundings.local({ config, name }), {
      wait: !hurried,
      agent: !alone,
      verb: 'up',
    });
  },
});

import { withAgent } from '../../changing/with-agent.ts';
import { followToEnd } from '../../changing/follow-to-end.ts';
import { requestFromWords } from '../../changing/proposal-from-words.ts';
import { requestsFromText } from '../../changing/requests-from-file.ts';
import { command } from '../../command.ts';
import type { CommandRun } from '../../command.ts';
import { changeOptions, noWait, why } from '../../options/change-options.ts';
import { givenFile } from '../../options/given-file.ts';
import { neededReason } from '../../options/needed-reason.ts';
import { flag, text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import type { OptionsOf } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { agentFlags } from '../../render/agent-flags.ts';
import { printChange } from '../../changing/print-change.ts';
import type { ActionRequest } from '@autodevops/domain/change/plan';

const options = {
  why,
  namespace: option(text, {
    short: 'n',
    value: 'NAME',
    says: 'The namespace of the object; `default` when absent.',
  }),
  file: option(text, {
    short: 'f',
    value: 'FILE',
    completes: 'files',
    says: 'Several actions as one change: a list of requests as YAML or JSON.',
  }),
  direct: option(flag, {
    says: 'Change an object itself that a tool (Argo CD, Flux, Helm) would put back; the policy wants more for it.',
  }),
  incident: option(text, { value: 'ID', says: 'An incident that it is for; it is linked there.' }),
  noWait,
  ...changeOptions,
};
type Options = OptionsOf<typeof options>;

async function requestsOf({
  options: { file, namespace },
  positionals,
  surroundings,
}: CommandRun<Options>): Promise<readonly ActionRequest[]> {
  if (file === undefined) return [requestFromWords(positionals, namespace)];
  if (positionals.length > 0) throw usageError('An action and --file exclude each other.', 'Give one of them.');
  return requestsFromText(await givenFile(file, surroundings), file);
}

export const changeProposeCommand = command({
  operands: '[ACTION KIND/NAME [KEY=VALUE ...]]',
  description:
    "Plans an action of the catalogue against the live cluster, lets the API server dry-run it, and asks the policy who has to agree. Nothing is changed before that; where the policy lets it be done without a person, it is done. Exit codes: 0 done and verified, 1 it did not help, 2 waits for somebody's yes, 64 no request that an action reads, 77 refused.",
  examples: [
    ['autodevops change propose scale deployment/web replicas=3 -n shop --why "the queue grows"', 'one action'],
    ['autodevops change propose uncordon node/worker-1 --why "the disk is new"', 'of a node'],
    ['autodevops change propose -f plan.yaml --why "move to the new pool"', 'several, agreed to as a whole'],
  ],
  options,
  run: async (run) => {
    const { options: given, surroundings, signal } = run;
    const reason = neededReason(given.why);
    const requests = await requestsOf(run);
    return await withAgent(run, given, async (door) => {
      const change = await door.client.propose(
        {
          body: {
            requests: [...requests],
            reason,
            direct: given.direct,
            ...(given.incident === undefined ? {} : { incident: given.incident }),
          },
        },
        { signal },
      );
      if (change.state !== 'waiting') return await followToEnd(change, door, run);
      await printChange(change, run);
      if (given.output === 'text') {
        surroundings.stdout.write(`\nNext: autodevops change approve ${change.id}${agentFlags(given)}\n`);
      }
      return 2;
    });
  },
});

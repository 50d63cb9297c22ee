import { askAfter } from '@autodevops/agent-core/ask/ask-after';
import { Answer } from '@autodevops/domain/answer';
import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import { withAgent } from '../changing/with-agent.ts';
import { command } from '../command.ts';
import type { CommandRun } from '../command.ts';
import { askInConversation } from '../conversing/ask-in-conversation.ts';
import { checkMonitoring } from '../looking/check-monitoring.ts';
import { lookAt } from '../looking/look-at-cluster.ts';
import { namespacesOf } from '../looking/scope.ts';
import { agentOptions } from '../options/agent-options.ts';
import { clusterOptions, everywhere, scopeOptions, signalOptions, structured } from '../options/groups.ts';
import { flag, text } from '../options/form.ts';
import { option } from '../options/option.ts';
import { usageError } from '../options/usage-error.ts';
import { renderAnswer } from '../render/answer.ts';
import { structuredText } from '../render/structured.ts';
import type { ClusterChoice } from '../surroundings.ts';

const exitCodes: Readonly<Record<Answer['outcome'], number>> = {
  answered: 0,
  'no-such-name': 64,
  'not-seen': 2,
  'not-understood': 2,
};

type AskRun = CommandRun<ClusterChoice & AgentChoice>;
interface Asked {
  readonly answer: Answer;
  readonly now: string;
}

/** The whole cluster is read even for one namespace: names and uses cross namespaces. */
async function askHere(run: AskRun, question: string, namespace: string | undefined): Promise<Asked> {
  checkMonitoring(run.options);
  const { snapshot, diagnosis } = await lookAt(run, run.options, {});
  return {
    answer: askAfter(question, { snapshot, diagnosis, ...(namespace === undefined ? {} : { namespace }) }, undefined),
    now: diagnosis.observed.capturedAt,
  };
}

async function askAgent(
  run: AskRun,
  question: string,
  namespace: string | undefined,
  conversation: string,
): Promise<Asked> {
  const {
    options: { from, sample, as },
    surroundings,
    signal,
  } = run;
  if (from !== undefined || sample === true || as !== undefined) {
    throw usageError(
      'Conversations are kept by the agent of a cluster.',
      'Leave --from, --sample and --as out, or --conversation.',
    );
  }
  return await withAgent(run, run.options, async ({ client }) => {
    const asked = await askInConversation({ question, namespace, conversation }, client, signal);
    if (conversation === 'new') {
      surroundings.stderr.write(`${asked.conversation} is begun; go on with --conversation last.\n`);
    }
    return { answer: asked.answer, now: new Date(surroundings.now()).toISOString() };
  });
}

export const askCommand = command({
  operands: '"QUESTION"',
  description:
    'Answers a question in plain words by rules; no language model is needed. Exit codes: 0 answered, 2 not understood or not seen, 64 there is nothing of that name.',
  examples: [
    ['autodevops ask "why is web failing?"', 'causes that concern one object'],
    ['autodevops ask --prometheus find "why is checkout slow?"', 'with what the metrics say'],
    ['autodevops ask "what changed since the last rollout of web?"', 'the timeline'],
    ['autodevops ask "who uses config map settings in namespace shop?"', 'who leans on what'],
    ['autodevops ask "which pods in shop restarted more than 3 times and have no memory limit?"', 'several conditions'],
    ['autodevops ask "total memory requested by namespace"', 'sums, shares and ranks'],
    ['autodevops ask "can I run 3 more replicas of web?"', 'room on the nodes and in quotas'],
    ['autodevops ask "what happens if I drain worker-1?"', 'what leans on it'],
    ['autodevops ask "who can delete pods in shop?"', 'rights, by roles and bindings'],
    ['autodevops ask --conversation last "and why?"', 'on from the question before'],
  ],
  options: {
    ...scopeOptions,
    output: structured,
    conversation: option(text, {
      value: 'ID|new|last',
      says: 'Ask the agent within this conversation: a question may lean on the one before, and is remembered.',
    }),
    verbose: option(flag, { short: 'v', says: 'Causes in full.' }),
    ...clusterOptions,
    ...signalOptions,
    config: agentOptions.config,
    ...everywhere,
  },
  run: async (run) => {
    const { options, positionals, surroundings, look } = run;
    const question = positionals.join(' ').trim();
    if (question === '') {
      throw usageError('There is no question.', 'Write for example: autodevops ask "what is wrong?"');
    }
    const namespaces = namespacesOf(options);
    if (namespaces !== undefined && namespaces.length > 1) {
      throw usageError('A question is about one namespace, or about all of them.', 'Give -n once, or not at all.');
    }
    const [namespace] = namespaces ?? [];
    const { answer, now } =
      options.conversation === undefined
        ? await askHere(run, question, namespace)
        : await askAgent(run, question, namespace, options.conversation);
    const text =
      options.output === 'text'
        ? renderAnswer(answer, look, { now, verbose: options.verbose })
        : await structuredText(Answer.parse(answer), options.output);
    surroundings.stdout.write(text);
    return exitCodes[answer.outcome];
  },
});

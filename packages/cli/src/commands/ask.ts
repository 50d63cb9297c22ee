import { z } from 'zod';
import { ask } from '@autodevops/agent-core/ask/ask';
import { Answer } from '@autodevops/domain/answer';
import { command } from '../command.ts';
import { lookAt } from '../looking/look-at-cluster.ts';
import { namespacesOf } from '../looking/scope.ts';
import { clusterOptions, everywhere, scopeOptions, structured } from '../options/groups.ts';
import { option } from '../options/option-meta.ts';
import { usageError } from '../options/usage-error.ts';
import { renderAnswer } from '../render/answer.ts';
import { structuredText } from '../render/structured.ts';

const exitCodes: Readonly<Record<Answer['outcome'], number>> = { answered: 0, 'no-such-name': 64, 'not-seen': 2, 'not-understood': 2 };

export const askCommand = command({
  operands: '"QUESTION"',
  description: 'Answers a question in plain words by rules; no language model is needed. Exit codes: 0 answered, 2 not understood or not seen, 64 there is nothing of that name.',
  examples: [
    ['autodevops ask "why is web failing?"', 'causes that concern one object'],
    ['autodevops ask "what changed since the last rollout of web?"', 'the timeline'],
    ['autodevops ask "who uses config map settings in namespace shop?"', 'who leans on what'],
  ],
  options: z.object({
    ...scopeOptions,
    output: structured,
    verbose: option(z.boolean().default(false), { short: 'v', says: 'Causes in full.' }),
    ...clusterOptions,
    ...everywhere,
  }),
  run: async (run) => {
    const { options, positionals, surroundings, look } = run;
    const question = positionals.join(' ').trim();
    if (question === '') throw usageError('There is no question.', 'Write for example: autodevops ask "what is wrong?"');
    const namespaces = namespacesOf(options);
    if (namespaces !== undefined && namespaces.length > 1) throw usageError('A question is about one namespace, or about all of them.', 'Give -n once, or not at all.');
    // The whole cluster is read even for one namespace: names and uses cross namespaces.
    const { snapshot, diagnosis } = await lookAt(run, options, {});
    const [namespace] = namespaces ?? [];
    const answer = ask(question, { snapshot, diagnosis, ...(namespace === undefined ? {} : { namespace }) });
    const text = options.output === 'text' ? renderAnswer(answer, look, { now: diagnosis.observed.capturedAt, verbose: options.verbose }) : await structuredText(Answer.parse(answer), options.output);
    surroundings.stdout.write(text);
    return exitCodes[answer.outcome];
  },
});

import type { AgentClient } from '@autodevops/agentd/client';
import { requestFromWords } from '../../changing/proposal-from-words.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { flag, text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { decisionLines, planLines } from '../../render/plan-text.ts';
import { structuredText } from '../../render/structured.ts';
import type { Look } from '../../terminal/look.ts';
import { paint, symbol } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

type Explained = Awaited<ReturnType<AgentClient['explainDecision']>>;

function explainedLines({ plan, decision, rules }: Explained, look: Look, everything: boolean): readonly string[] {
  const shown = everything ? rules : rules.filter(({ matched }) => matched);
  return [
    paint(look, 'bold', 'What'),
    ...planLines(plan, look, { everything }),
    '',
    paint(look, 'bold', 'Who has to agree'),
    ...decisionLines(decision, look, { everything }),
    '',
    paint(look, 'bold', everything ? 'Every rule' : 'Rules that spoke'),
    ...shown.flatMap(({ rule, matched, why }) =>
      hang(`   ${symbol(look, matched ? 'fine' : 'dash')} `, `${rule}: ${why}`, look.columns),
    ),
  ];
}

export const policyExplainCommand = command({
  operands: 'ACTION KIND/NAME [KEY=VALUE ...]',
  description:
    'What an action would do and what the policy says of it now, rule by rule with the facts of the live cluster. Nothing is proposed.',
  examples: [
    [
      'autodevops policy explain scale deployment/web replicas=3 -n shop -v',
      'also the rules that were silent, and why',
    ],
  ],
  options: {
    namespace: option(text, {
      short: 'n',
      value: 'NAME',
      says: 'The namespace of the object; `default` when absent.',
    }),
    direct: option(flag, {
      says: 'As if an object that a tool would put back were changed itself.',
    }),
    output: structured,
    verbose: option(flag, { short: 'v', says: 'The rules that were silent too.' }),
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { namespace, direct, output, verbose },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    const request = requestFromWords(positionals, namespace);
    return await withAgent(run, run.options, async ({ client }) => {
      const explained = await client.explainDecision(
        { body: { requests: [request], reason: 'A question about the policy.', direct } },
        { signal },
      );
      surroundings.stdout.write(
        output === 'text'
          ? finish(explainedLines(cleared(explained), look, verbose), look)
          : await structuredText(explained, output),
      );
      return 0;
    });
  },
});

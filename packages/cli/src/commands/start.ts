import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { command } from '../command.ts';
import type { CommandRun } from '../command.ts';
import { lookAt } from '../looking/look-at-cluster.ts';
import { everywhere } from '../options/groups.ts';
import { flag } from '../options/form.ts';
import { option } from '../options/option.ts';
import { renderText } from '../render/text.ts';
import { tryNext } from '../render/try-next.ts';
import type { Try } from '../render/try-next.ts';
import type { Surroundings } from '../surroundings.ts';
import { wrap } from '../terminal/wrap.ts';

const patience = 2000;

/** The current context, if its API server answers in two seconds; else why not, in a sentence. */
async function currentCluster(
  surroundings: Surroundings,
): Promise<{ readonly context: string } | { readonly why: string }> {
  try {
    const { context, server } = await surroundings.contextFacts({});
    const answers = await surroundings.answers({ context }, patience);
    return answers
      ? { context }
      : { why: `The API server of context ${context} (${server}) does not answer within two seconds.` };
  } catch (error) {
    if (error instanceof AutoDevOpsError) return { why: error.message };
    throw error;
  }
}

/** What to try, each with what it is good for; the repair first, where there is something to repair. */
function whatToTry(context: string | undefined, diagnosis: Diagnosis): readonly Try[] {
  const of = context === undefined ? ' --sample' : '';
  const [first] = diagnosis.causes;
  return [
    ...(first === undefined
      ? []
      : ([
          [`npx autodevops fix${of}`, 'repair it, with your yes'],
          [`npx autodevops explain ${first.code}`, 'what the first one means'],
        ] as const)),
    [`npx autodevops diagnose${of} -v`, 'everything about each'],
    [`npx autodevops ask${of} "what changed today?"`, 'a question in plain words'],
    context === undefined
      ? ['npx autodevops doctor', 'what this machine lacks']
      : ['npx autodevops diagnose --watch', 'the answer, kept current'],
  ];
}

async function look(run: CommandRun<unknown>, context: string | undefined): Promise<number> {
  const choice = context === undefined ? { sample: true } : { context };
  const { diagnosis } = await lookAt(run, choice, {});
  const text = renderText(diagnosis, run.look, { verbose: false, hints: [] });
  const next = tryNext(whatToTry(context, diagnosis), run.look);
  run.surroundings.stdout.write(`${text}\n${next.join('\n')}\n`);
  return 0;
}

/** What `npm start` ends in: the current cluster or, where none answers, the sample; says which. */
export const startCommand = command({
  operands: '',
  description:
    'Diagnoses the cluster of the current kubeconfig context if it answers within two seconds, otherwise the embedded sample cluster, whose first problem it offers to repair.',
  examples: [],
  options: {
    slack: option(flag, {
      says: 'Be the bot in Slack, from this machine, by SLACK_BOT_TOKEN and SLACK_APP_TOKEN; without them, say how to get them.',
    }),
    ...everywhere,
  },
  run: async (run) => {
    const { surroundings } = run;
    if (run.options.slack) {
      return await (
        await import('../slack/start-slack.ts')
      ).startSlack(run, async () => await currentCluster(surroundings));
    }
    const current = await currentCluster(surroundings);
    if ('context' in current) {
      surroundings.stdout.write(`Looking at your cluster: context ${printable(current.context)}.\n\n`);
      return await look(run, current.context);
    }
    const why = `${printable(current.why)}\nLooking at the embedded sample cluster instead: a recorded three-node cluster with several faults.`;
    surroundings.stdout.write(`${wrap(why, run.look.columns).join('\n')}\n\n`);
    const code = await look(run, undefined);
    if (!surroundings.canAsk) return code;
    const { offerSampleFix } = await import('../changing/offer-fix.ts');
    await offerSampleFix(run);
    return code;
  },
});

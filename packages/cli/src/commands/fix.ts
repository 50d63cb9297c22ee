import { printable } from '@autodevops/domain/printable';
import { command } from '../command.ts';
import type { CommandRun } from '../command.ts';
import { exitCodeOfChange, refused, waiting } from '../changing/exit-code-of-change.ts';
import { fixCause } from '../changing/fix.ts';
import type { Fixed, FixRun } from '../changing/fix.ts';
import { manualText } from '../changing/fix-text.ts';
import { causeToFix, findFixes } from '../changing/fixable.ts';
import type { Fixable, Fixes } from '../changing/fixable.ts';
import { waysFor } from '../changing/given-values.ts';
import { paramsFromWords } from '../changing/proposal-from-words.ts';
import { withAgent } from '../changing/with-agent.ts';
import type { Focus } from '@autodevops/agent-core/jamie/focus';
import { focusFrom, namespacesOf } from '../looking/scope.ts';
import { agentOptions } from '../options/agent-options.ts';
import { everywhere, scopeOptions, structured } from '../options/groups.ts';
import { flag, listOf, standing, text } from '../options/form.ts';
import { option } from '../options/option.ts';
import type { OptionsOf } from '../options/option.ts';
import { usageError } from '../options/usage-error.ts';
import { agentFlags } from '../render/agent-flags.ts';
import { structuredText } from '../render/structured.ts';

const options = {
  ...scopeOptions,
  action: option(text, {
    value: 'NAME',
    says: 'Another of the ways that would help, by the name of its action.',
  }),
  set: option(standing(listOf(text), []), {
    value: 'KEY=VALUE',
    says: 'What only a person can give: the value of a variable, what a ConfigMap holds; may be repeated.',
  }),
  yes: option(flag, {
    short: 'y',
    says: 'Do not ask. Only where the policy lets it be done without a person; elsewhere it changes nothing.',
  }),
  output: structured,
  verbose: option(flag, { short: 'v', says: 'Everything in full instead of one screen.' }),
  sample: option(flag, { says: 'Fix the embedded sample cluster, which forgets it afterwards.' }),
  ...agentOptions,
  ...everywhere,
};
type Options = OptionsOf<typeof options>;

/** What to do next, where it is not done. */
function nextText(
  { outcome, change }: Fixed,
  { options: { sample }, surroundings: { canAsk } }: CommandRun<Options>,
  flags: string,
): string {
  const id = change?.id ?? '';
  switch (outcome) {
    case 'done':
      return change?.state === 'succeeded' && !sample
        ? `\nNext: autodevops change show ${id}${flags}\nTo take it back: autodevops change undo ${id}${flags}\n`
        : '';
    case 'declined':
      return 'Nothing was changed.\n';
    case 'forbidden':
      return '\nNothing was changed: no yes can outweigh the policy. `autodevops policy show` tells who rules.\n';
    case 'needs-yes':
      return `\nNothing was changed. The policy lets it be done without a person: add --yes${canAsk ? '' : ', or run it on a terminal'}.\n`;
    case 'proposed':
      if (sample) {
        return '\nNothing was changed: nobody was asked. On a terminal it asks; the sample lives no longer than this command.\n';
      }
      return `\nProposed as ${id}; nothing is changed before the yes:\n  autodevops change approve ${id}${flags}\n`;
  }
}

function exitCodeOf({ outcome, change }: Fixed): number {
  if (outcome === 'forbidden') return refused;
  if (outcome === 'declined') return 1;
  return outcome === 'done' && change !== undefined ? exitCodeOfChange(change.state) : waiting;
}

async function nothingToFix(
  { diagnosis }: Fixes,
  { options: { output }, surroundings }: CommandRun<Options>,
): Promise<number> {
  const text =
    diagnosis.verdict === 'inconclusive'
      ? `Inconclusive: ${printable(diagnosis.summary)}\n`
      : 'There is nothing to fix here.\n';
  surroundings.stdout.write(
    output === 'text'
      ? text
      : await structuredText(
          { schemaVersion: 1, outcome: diagnosis.verdict === 'inconclusive' ? 'inconclusive' : 'healthy' },
          output,
        ),
  );
  return diagnosis.verdict === 'inconclusive' ? waiting : 0;
}

/** The action that `--set` speaks of where none is named: the first that waits for values. */
function openAction({ open: [first] }: Fixable): string | undefined {
  return first?.request.action;
}

async function fixFirst(
  fixes: Fixes,
  focus: readonly Focus[],
  run: CommandRun<Options>,
  fixRun: FixRun,
): Promise<number> {
  const {
    options: { action, set, output },
    surroundings,
  } = run;
  const target = causeToFix(fixes, focus, set.length > 0);
  if (target === undefined) return await nothingToFix(fixes, run);
  const ways = waysFor(target, { action, values: paramsFromWords(action ?? openAction(target), set) });
  if (ways.length === 0) {
    surroundings.stdout.write(
      output === 'text'
        ? manualText(target, fixes.fixes, fixRun.view)
        : await structuredText(
            { schemaVersion: 1, outcome: 'manual', cause: target.cause, steps: target.manual, open: target.open },
            output,
          ),
    );
    return 1;
  }
  const fixed = await fixCause(target, ways, fixRun);
  const {
    outcome,
    rehearsal: { plan, decision },
    change,
  } = fixed;
  if (output === 'text') surroundings.stdout.write(nextText(fixed, run, fixRun.flags));
  else {
    surroundings.stdout.write(
      await structuredText(
        { schemaVersion: 1, outcome, cause: target.cause, plan, decision, ...(change === undefined ? {} : { change }) },
        output,
      ),
    );
  }
  return exitCodeOf(fixed);
}

export const fixCommand = command({
  operands: '[KIND/NAME]',
  description:
    "Diagnoses, shows what would help with its evidence, diff, reach and the rules that decide, asks, does it, and looks whether it helped; otherwise it is taken back. Without an object: the top cause. Where nobody can be asked it only proposes. Exit codes: 0 done and verified, 1 not fixed, 2 waits for somebody's yes, 77 refused.",
  examples: [
    ['autodevops fix deployment/web -n shop', 'one workload'],
    [
      'autodevops fix deployment/web -n shop --action set-environment --set value=info',
      'with a value that only you know',
    ],
    ['autodevops fix --sample', 'the top cause of the sample cluster'],
    ['autodevops fix deployment/web -n shop --yes -o json', 'for a program, where the policy lets it be done unasked'],
  ],
  options,
  run: async (run) => {
    const { options: given, positionals, surroundings, signal, look } = run;
    if (given.sample && (given.context !== undefined || given.config !== undefined)) {
      throw usageError('--sample names another cluster than --context and --config.', 'Give one of them.');
    }
    const namespaces = namespacesOf(given);
    const focus = positionals.length === 0 ? [] : focusFrom(positionals, namespaces);
    return await withAgent(run, given, async (door) => {
      const fixes = await findFixes(door.client, { focus, namespaces }, signal);
      const view = { look, everything: given.verbose, now: fixes.diagnosis.observed.capturedAt };
      return await fixFirst(fixes, focus, run, {
        door,
        surroundings,
        signal,
        view,
        shows: given.output === 'text',
        yes: given.yes,
        flags: agentFlags(given),
      });
    });
  },
});

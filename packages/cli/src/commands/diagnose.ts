import { command } from '../command.ts';
import type { CommandRun } from '../command.ts';
import { checkMonitoring, checkUnwatched } from '../looking/check-monitoring.ts';
import { exitCodeOf, failOnChoices } from '../looking/exit-code.ts';
import { hintsFor } from '../looking/hints.ts';
import { lookAt } from '../looking/look-at-cluster.ts';
import { focusFrom, labelsFrom, namespacesOf } from '../looking/scope.ts';
import { clusterOptions, duration, everywhere, scopeOptions, signalOptions } from '../options/groups.ts';
import { choice, flag, listOf, standing, text } from '../options/form.ts';
import { option } from '../options/option.ts';
import type { OptionsOf } from '../options/option.ts';
import { usageError } from '../options/usage-error.ts';
import type { DiagnoseOptions } from '@autodevops/agent-core/jamie/options';
import type { Suppression } from '@autodevops/domain/suppression';
import type { Surroundings } from '../surroundings.ts';
import { parseDuration } from '@autodevops/domain/duration';
import { formats, renderDiagnosis } from '../render/formats.ts';
import { shellWord } from '@autodevops/domain/shell-word';

const options = {
  ...scopeOptions,
  selector: option(text, {
    short: 'l',
    value: 'KEY=VALUE',
    says: 'Only what has these labels, and what it stands on.',
  }),
  since: option(duration, {
    value: 'DURATION',
    says: 'Only what began in this time, for example 15m or 2h.',
  }),
  minSeverity: option(standing(choice(['critical', 'warning', 'info']), 'info'), {
    value: 'SEVERITY',
    says: 'Leave out what is less grave: critical, warning or info.',
  }),
  hygiene: option(flag, {
    says: 'Report missing probes, requests and the like too; never above an incident.',
  }),
  suppressions: option(text, {
    value: 'FILE',
    completes: 'files',
    says: 'Known problems that are not to be reported until a day.',
  }),
  failOn: option(standing(listOf(choice(failOnChoices)), ['problem', 'inconclusive']), {
    value: 'VERDICT',
    says: 'Which verdicts give an exit code other than 0: problem, critical, inconclusive, never; may be repeated.',
  }),
  watch: option(flag, {
    short: 'w',
    says: 'Keep the answer current and print what changes; Ctrl-C ends.',
  }),
  output: option(standing(choice(formats), 'text'), {
    short: 'o',
    value: 'FORMAT',
    says: 'text, json, yaml, markdown, sarif or junit.',
  }),
  verbose: option(flag, { short: 'v', says: 'Everything in full instead of one screen.' }),
  ...clusterOptions,
  ...signalOptions,
  ...everywhere,
};
type Options = OptionsOf<typeof options>;

/** Files need YAML, which takes longer to load than many a cluster to answer. */
async function suppressionsFrom(path: string, { readFile }: Surroundings): Promise<readonly Suppression[]> {
  return (await import('../looking/suppression-file.ts')).readSuppressions(path, readFile);
}

async function settingsFrom({
  options: given,
  positionals,
  surroundings,
}: CommandRun<Options>): Promise<DiagnoseOptions> {
  const namespaces = namespacesOf(given);
  const suppressions =
    given.suppressions === undefined ? undefined : await suppressionsFrom(given.suppressions, surroundings);
  return {
    minSeverity: given.minSeverity,
    hygiene: given.hygiene,
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(positionals.length === 0 ? {} : { focus: focusFrom(positionals, namespaces) }),
    ...(given.selector === undefined ? {} : { labels: labelsFrom(given.selector) }),
    ...(given.since === undefined ? {} : { beganWithin: parseDuration(given.since) ?? 0 }),
    ...(suppressions === undefined ? {} : { suppressions }),
  };
}

function sourceFlags({ from, sample, context }: Options): string {
  if (sample) return ' --sample';
  if (from !== undefined) return ` --from ${shellWord(from)}`;
  return context === undefined ? '' : ` --context ${shellWord(context)}`;
}

async function once(run: CommandRun<Options>, settings: DiagnoseOptions): Promise<number> {
  const { options: given, surroundings, look } = run;
  const { diagnosis } = await lookAt(run, given, settings);
  const hints = hintsFor(diagnosis, sourceFlags(given), given.verbose);
  surroundings.stdout.write(
    await renderDiagnosis(diagnosis, {
      format: given.output,
      look,
      verbose: given.verbose,
      hints,
      version: surroundings.version,
      bundle: given.from,
    }),
  );
  return exitCodeOf(diagnosis, given.failOn);
}

export const diagnoseCommand = command({
  operands: '[KIND/NAME ...]',
  description:
    'Looks at a cluster (or at some objects and what they stand on) and prints ranked causes with evidence. Reads only. Exit codes: 0 healthy, 1 problem, 2 inconclusive, 64 usage, 69 unreachable.',
  examples: [
    ['autodevops diagnose', 'the whole cluster of the current context'],
    ['autodevops diagnose -n shop deploy/web', 'one workload'],
    ['autodevops diagnose --from must-gather.tar.gz -o markdown', 'a recorded cluster, for a ticket'],
    ['autodevops diagnose --watch', 'what changes, as it changes'],
    ['autodevops diagnose --prometheus monitoring/prometheus-operated:9090', 'with what the metrics say of each cause'],
  ],
  options,
  run: async (run) => {
    if (run.options.watch) checkUnwatched(run.options);
    checkMonitoring(run.options);
    const settings = await settingsFrom(run);
    if (!run.options.watch) return once(run, settings);
    if (run.options.from !== undefined || run.options.sample) {
      throw usageError(
        'A record does not change, so --watch has nothing to wait for.',
        'Leave out --watch, or name a live cluster.',
      );
    }
    if (run.options.output !== 'text' && run.options.output !== 'json') {
      throw usageError(`--watch prints text or json, not ${run.options.output}.`, 'Write -o json, or leave it out.');
    }
    const { watchDiagnosis } = await import('../watching/watch-diagnosis.ts');
    return watchDiagnosis(run, settings);
  },
});

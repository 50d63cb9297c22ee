import type { DiagnoseOptions } from '@autodevops/agent-core/jamie/options';
import { diagnose } from '@autodevops/agent-core/jamie';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterFollower } from '@autodevops/domain/ports/cluster';
import { oneLine, printable } from '@autodevops/domain/printable';
import type { CommandRun } from '../command.ts';
import { exitCodeOf } from '../looking/exit-code.ts';
import type { FailOn } from '../looking/exit-code.ts';
import { stderrProgress } from '../looking/look-at-cluster.ts';
import { renderText } from '../render/text.ts';
import { safeJson } from '@autodevops/domain/safe-json';
import type { ClusterChoice } from '../surroundings.ts';
import { changeRecords, changeText } from './change-text.ts';
import { changesBetween } from './diagnosis-change.ts';

interface WatchOptions extends ClusterChoice {
  readonly output: string;
  readonly verbose: boolean;
  readonly failOn: readonly FailOn[];
}
type Run = CommandRun<WatchOptions>;

/** JSON without line breaks: a line is a record. */
function recordLine(record: unknown): string {
  return `${safeJson(record).replaceAll(/\n\s*/g, '')}\n`;
}

function showFirst({ options, surroundings, look }: Run, diagnosis: Diagnosis): void {
  if (options.output === 'json') {
    surroundings.stdout.write(
      recordLine({ schemaVersion: 1, time: diagnosis.observed.capturedAt, what: 'diagnosis', diagnosis }),
    );
  } else {
    surroundings.stdout.write(
      `${renderText(diagnosis, look, { verbose: options.verbose, hints: [] })}\nWatching. Changes are printed as they come; Ctrl-C ends.\n`,
    );
  }
}

function showChanges({ options, surroundings, look }: Run, before: Diagnosis, after: Diagnosis): void {
  const changes = changesBetween(before, after);
  const now = after.observed.capturedAt;
  if (options.output === 'json') {
    for (const record of changeRecords(changes, now)) surroundings.stdout.write(recordLine(record));
  } else if (changes.length > 0) surroundings.stdout.write(changeText(changes, look, now));
}

/** What is no longer seen, and why; one line for each reason. Without it a verdict that became inconclusive would not say why. */
function showSight({ surroundings }: Run, before: Diagnosis, after: Diagnosis): void {
  const known = new Set(before.blindSpots.map(({ why }) => why));
  const lost = new Map(after.blindSpots.filter(({ why }) => !known.has(why)).map(({ what, why }) => [why, what]));
  for (const [why, what] of lost) {
    surroundings.stderr.write(`Not seen: ${oneLine(what, 120)}. ${oneLine(why, 300)} It is tried again.\n`);
  }
  const left = new Set(after.blindSpots.map(({ why }) => why));
  if (before.blindSpots.some(({ why }) => !left.has(why)) && lost.size === 0) {
    surroundings.stderr.write('What was not seen is seen again.\n');
  }
}

/** True when the failure may pass by itself, so that watching goes on. */
function mayPass(error: unknown): error is AutoDevOpsError {
  return error instanceof AutoDevOpsError && (error.reaction === 'retry' || error.code === 'cluster.refused');
}

interface State {
  last: Diagnosis;
  /** Of the follower, before the last look. */
  version: number;
  readonly settings: DiagnoseOptions;
}

async function followOn(run: Run, follower: ClusterFollower, state: State): Promise<void> {
  const { signal, surroundings } = run;
  let outage = false;
  while (!signal.aborted) {
    await follower.changed(state.version, signal);
    if (signal.aborted) return;
    state.version = follower.version();
    try {
      const next = await diagnose(follower.reader, state.settings, { signal });
      if (outage) surroundings.stderr.write('The cluster answers again.\n');
      outage = false;
      showSight(run, state.last, next);
      showChanges(run, state.last, next);
      state.last = next;
    } catch (error) {
      if (signal.aborted) return;
      if (!mayPass(error)) throw error;
      if (!outage) {
        surroundings.stderr.write(
          `${printable(error.message)} The last answer stands as of ${state.last.observed.capturedAt}; trying again.\n`,
        );
      }
      outage = true;
    }
  }
}

/** Prints the answer, then what changes in it, until Ctrl-C. Returns the exit code of the last verdict. */
export async function watchDiagnosis(run: Run, settings: DiagnoseOptions): Promise<number> {
  const { options, surroundings, signal } = run;
  const progress = stderrProgress(surroundings);
  const watched = { signal, onProgress: progress.show };
  const follower = await surroundings.follow(options, { ...watched, namespaces: settings.namespaces });
  try {
    const version = follower.version();
    const first = await diagnose(follower.reader, settings, watched);
    progress.clear();
    showFirst(run, first);
    const state = { last: first, version, settings };
    await followOn(run, follower, state);
    return exitCodeOf(state.last, options.failOn);
  } finally {
    progress.clear();
    await follower.reader.close();
  }
}

import { diagnose } from '@autodevops/agent-core/jamie';
import type { DiagnoseOptions } from '@autodevops/agent-core/jamie';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { CommandRun } from '../command.ts';
import { usageError } from '../options/usage-error.ts';
import type { ClusterChoice, Surroundings } from '../surroundings.ts';
import { progressLine } from '../terminal/progress-line.ts';
import type { ProgressLine } from '../terminal/progress-line.ts';
import { remembering } from './remembering-reader.ts';

export interface Looked {
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
}

/** Progress on stderr, when that is a terminal. */
export function stderrProgress({ stderr }: Surroundings): ProgressLine {
  const { isTTY, columns, env } = stderr.facts;
  return progressLine({ write: stderr.write, isTTY: isTTY && env['TERM'] !== 'dumb', columns: columns ?? 80 });
}

function checkChoice(choice: ClusterChoice): void {
  const named = [choice.from === undefined ? '' : '--from', choice.sample === true ? '--sample' : '', choice.context === undefined ? '' : '--context'].filter((name) => name !== '');
  if (named.length > 1) throw usageError(`${named.join(' and ')} name different clusters.`, 'Give one of them.');
}

/** Opens the chosen cluster, hands it to the work, and closes it whatever happens. */
export async function withReader<T>(surroundings: Surroundings, choice: ClusterChoice, work: (reader: ClusterReader) => Promise<T>): Promise<T> {
  checkChoice(choice);
  const reader = await surroundings.open(choice);
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

/** Diagnoses through a reader, with progress; also gives what was seen. */
export async function lookThrough(reader: ClusterReader, options: DiagnoseOptions, run: Pick<CommandRun<unknown>, 'surroundings' | 'signal'>): Promise<Looked> {
  const progress = stderrProgress(run.surroundings);
  const kept = remembering(reader);
  try {
    const diagnosis = await diagnose(kept, options, { signal: run.signal, onProgress: progress.show });
    const snapshot = kept.last();
    if (snapshot === undefined) throw new AutoDevOpsError('internal', 'Nothing was read.', 'Report it.');
    return { snapshot, diagnosis };
  } finally {
    progress.clear();
  }
}

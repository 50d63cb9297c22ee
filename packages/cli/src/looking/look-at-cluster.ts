import type { DiagnoseOptions } from '@autodevops/agent-core/jamie/options';
import { snapshotRequest } from '@autodevops/agent-core/jamie/snapshot-request';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { CommandRun } from '../command.ts';
import { usageError } from '../options/usage-error.ts';
import type { ClusterChoice, Surroundings, Watched } from '../surroundings.ts';
import { progressLine } from '../terminal/progress-line.ts';
import type { ProgressLine } from '../terminal/progress-line.ts';

type Running = Pick<CommandRun<unknown>, 'surroundings' | 'signal'>;

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
  const named = [
    choice.from === undefined ? '' : '--from',
    choice.sample === true ? '--sample' : '',
    choice.context === undefined ? '' : '--context',
  ].filter((name) => name !== '');
  if (named.length > 1) throw usageError(`${named.join(' and ')} name different clusters.`, 'Give one of them.');
}

/** Opens the chosen cluster, hands it to the work with progress to report, and closes it whatever happens. */
export async function withReader<T>(
  run: Running,
  choice: ClusterChoice,
  work: (reader: ClusterReader, watched: Watched) => Promise<T>,
): Promise<T> {
  checkChoice(choice);
  const progress = stderrProgress(run.surroundings);
  const watched: Watched = { signal: run.signal, onProgress: progress.show };
  try {
    const reader = await run.surroundings.open(choice, watched);
    try {
      return await work(reader, watched);
    } finally {
      await reader.close();
    }
  } finally {
    progress.clear();
  }
}

/** Diagnoses the chosen cluster, with progress; also gives what was seen. */
export function lookAt(run: Running, choice: ClusterChoice, options: DiagnoseOptions): Promise<Looked> {
  return withReader(run, choice, async (reader, watched) => {
    const at = performance.now();
    const asked = reader.snapshot(snapshotRequest(options.namespaces), watched);
    // Told by whoever waits for it.
    asked.catch(() => undefined);
    // The rules are loaded while the API server answers.
    const { diagnose } = await import('@autodevops/agent-core/jamie');
    let snapshot: Snapshot | undefined;
    const diagnosis = await diagnose(reader, options, {
      ...watched,
      asked: { snapshot: asked, at },
      onSeen: (seen) => (snapshot = seen),
    });
    if (snapshot === undefined) throw new AutoDevOpsError('internal', 'Nothing was read.', 'Report it.');
    return { snapshot, diagnosis };
  });
}

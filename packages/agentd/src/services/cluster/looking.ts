import { diagnose } from '@autodevops/agent-core/jamie';
import type { DiagnoseOptions } from '@autodevops/agent-core/jamie/options';
import type { Focus } from '@autodevops/agent-core/jamie/focus';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kindFromWord } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { StreamItem } from '../../contract/handlers.ts';

/** What people asked about, as it comes over the wire. */
export interface ScopeAsked {
  readonly namespaces: readonly string[];
  readonly objects: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string | undefined;
  }[];
  readonly hygiene: boolean;
}

export type DiagnosisEvent =
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly total: number }
  | { readonly type: 'first' | 'final'; readonly diagnosis: Diagnosis };

/** An object as people name it. Throws `usage` for a kind that nobody knows. */
export function focusOn({ kind, name, namespace }: ScopeAsked['objects'][number]): Focus {
  const known = kindFromWord(kind);
  if (known === undefined) {
    throw new AutoDevOpsError(
      'usage',
      `"${kind.slice(0, 60)}" is not a kind that I know.`,
      'Write for example Deployment.',
    );
  }
  return { kind: known, name, ...(namespace === undefined ? {} : { namespace }) };
}

export function optionsFrom({ namespaces, objects, hygiene }: ScopeAsked): DiagnoseOptions {
  const focus = objects.map(focusOn);
  return { hygiene, ...(namespaces.length === 0 ? {} : { namespaces }), ...(focus.length === 0 ? {} : { focus }) };
}

/** The cluster as it is now, and what there is to say of it. */
export async function lookOnce(
  reader: ClusterReader,
  signal: AbortSignal,
): Promise<{ readonly snapshot: Snapshot; readonly diagnosis: Diagnosis }> {
  let snapshot: Snapshot | undefined;
  const diagnosis = await diagnose(reader, {}, { signal, onSeen: (seen) => (snapshot = seen) });
  if (snapshot === undefined) throw new AutoDevOpsError('internal', 'Nothing was read.', 'Report it.');
  return { snapshot, diagnosis };
}

/** Progress, the first answer, the final one; each is told as soon as it is known. */
export async function* diagnosisEvents(
  reader: ClusterReader,
  scope: ScopeAsked,
  signal: AbortSignal,
): AsyncGenerator<StreamItem<DiagnosisEvent>> {
  const told: DiagnosisEvent[] = [];
  let wake = (): void => {};
  const tell = (event: DiagnosisEvent): void => {
    told.push(event);
    wake();
  };
  let failure: unknown;
  let ended = false;
  const work = diagnose(reader, optionsFrom(scope), {
    signal,
    onProgress: ({ step, done, total }) => tell({ type: 'progress', step, done, total }),
    onFirstAnswer: (diagnosis) => tell({ type: 'first', diagnosis }),
  })
    .then(
      (diagnosis) => tell({ type: 'final', diagnosis }),
      (error: unknown) => {
        failure = error;
      },
    )
    .finally(() => {
      ended = true;
      wake();
    });
  for (let next = 0; ;) {
    for (; next < told.length; next++) yield { id: String(next + 1), event: told[next] as DiagnosisEvent };
    if (ended) break;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  await work;
  if (failure !== undefined) throw failure;
}

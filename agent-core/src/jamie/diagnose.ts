import type { BlindSpot, Diagnosis } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { ClusterReader, Progress } from '@autodevops/domain/ports/cluster';
import { noTracer } from '@autodevops/domain/ports/tracer';
import type { Tracer } from '@autodevops/domain/ports/tracer';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import { analyzers } from '../analyzers/registry.ts';
import type { Analyzer } from '../analyzers/analyzer.ts';
import type { Steps } from '../reading/at-once.ts';
import { callers } from '../reading/network/service-users.ts';
import { conclude, concludeInSteps } from './conclusion.ts';
import { withDrawings } from './telling/drawn-evidence.ts';
import type { DiagnoseOptions } from './diagnose-options.ts';
import type { Looked } from './looked.ts';
import { logsWanted } from './signals/log-wants.ts';
import { measuredLogs, secondTier } from './signals/second-tier.ts';
import { snapshotRequest } from './snapshot-request.ts';

/** A snapshot that is on its way. */
export interface AskedFor {
  readonly snapshot: Promise<Snapshot>;
  /** When it was asked for, by `performance.now`. */
  readonly at: number;
}

export interface DiagnoseRun {
  readonly signal: AbortSignal;
  /** Who has asked the reader before, for `snapshotRequest`. Absent: it is asked now. */
  readonly asked?: AskedFor;
  readonly onProgress?: (progress: Progress) => void;
  /** The answer before logs were read: it may still become more precise. */
  readonly onFirstAnswer?: (diagnosis: Diagnosis) => void;
  /** All that the final answer was made of: the objects, with logs and what monitoring said. */
  readonly onSeen?: (snapshot: Snapshot) => void;
}

function lookWith(analyzer: Analyzer, snapshot: Snapshot): readonly Finding[] | BlindSpot {
  try {
    return analyzer.analyze(snapshot);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    return {
      what: `the rules of ${analyzer.name}`,
      why: `They failed on an object of this cluster (${why.slice(0, 120)}).`,
      ...asRemedy(remedy`Report it with ${{ do: 'capture-bundle' }}; the other rules are not affected.`),
    };
  }
}

function chosen(options: { readonly hygiene?: boolean }): readonly Analyzer[] {
  return options.hygiene === true ? analyzers : analyzers.filter((analyzer) => analyzer.name !== 'hygiene');
}

/** Every analyzer over one snapshot. One that fails becomes a blind spot, not a crash. */
export function look(snapshot: Snapshot, options: { readonly hygiene?: boolean } = {}): Looked {
  const findings: Finding[] = [];
  const blindSpots: BlindSpot[] = [];
  for (const analyzer of chosen(options)) {
    const result = lookWith(analyzer, snapshot);
    if ('what' in result) blindSpots.push(result);
    else findings.push(...result);
  }
  return { findings, blindSpots };
}

/** In milliseconds. */
const longestStretch = 10;

/** Lets others run where a stretch of work has been long enough. Throws when interrupted. */
function createPauses(signal: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  const pause = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    stopIfAborted(signal);
    since = performance.now();
  };
  return () => (performance.now() - since < longestStretch ? undefined : pause());
}

/** Steps of what would be too long a stretch within one rule. */
function* beforehand(snapshot: Snapshot): Steps<void> {
  try {
    yield* callers.steps(snapshot);
  } catch {
    // The rules that need it say so themselves.
  }
}

/** Does it, letting others in between. */
async function inTurns<T>(steps: Steps<T>, pauses: () => Promise<void> | undefined): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pauses();
  }
}

/** Its name and what it found, in a number: what it says is out of the cluster. */
async function tellLook(
  analyzer: Analyzer,
  snapshot: Snapshot,
  tracer: Tracer,
): Promise<readonly Finding[] | BlindSpot> {
  return await tracer.span(
    { name: 'analyze', partOnly: true, facts: { 'autodevops.analyzer': analyzer.name } },
    async (span) => {
      const result = lookWith(analyzer, snapshot);
      if ('what' in result) span.fail('internal');
      else span.note({ 'autodevops.findings': result.length });
      return result;
    },
  );
}

/** As `look`, letting others run now and then: a large cluster must not hold the event loop. */
async function lookInTurns(
  snapshot: Snapshot,
  options: DiagnoseOptions,
  signal: AbortSignal,
  tracer: Tracer,
): Promise<Looked> {
  const findings: Finding[] = [];
  const blindSpots: BlindSpot[] = [];
  const pauses = createPauses(signal);
  await inTurns(beforehand(snapshot), pauses);
  for (const analyzer of chosen(options)) {
    const result = await tellLook(analyzer, snapshot, tracer);
    if ('what' in result) blindSpots.push(result);
    else findings.push(...result);
    await pauses();
  }
  return { findings, blindSpots };
}

/** Diagnoses one snapshot, with whatever logs it holds. Pure. */
export function diagnoseSnapshot(
  snapshot: Snapshot,
  options: DiagnoseOptions & { readonly source?: string; readonly milliseconds?: number } = {},
): Diagnosis {
  return conclude(snapshot, look(snapshot, options), options);
}

/** Whether rules may say something else of it: blind spots are none of theirs. */
function hasMore(more: Snapshot, first: Snapshot): boolean {
  const logs = ({ parts }: Snapshot): number => parts.logs?.length ?? 0;
  return (
    logs(more) > logs(first) || more.series.length > first.series.length || more.alerts.length > first.alerts.length
  );
}

async function diagnoseNow(
  reader: ClusterReader,
  options: DiagnoseOptions,
  run: DiagnoseRun,
  tracer: Tracer,
): Promise<Diagnosis> {
  const started = run.asked?.at ?? performance.now();
  const { namespaces } = options;
  const { signal, onProgress } = run;
  const watched = { signal, ...(onProgress === undefined ? {} : { onProgress }) };
  const first = await (run.asked?.snapshot ?? reader.snapshot(snapshotRequest(namespaces), watched));
  const answer = async (snapshot: Snapshot, looked: Looked): Promise<Diagnosis> => {
    const settings = { ...options, source: reader.source, milliseconds: performance.now() - started };
    return withDrawings(
      await inTurns(concludeInSteps(snapshot, looked, settings), createPauses(signal)),
      snapshot.series,
      reader.signals?.page,
    );
  };
  const looked = await lookInTurns(first, options, signal, tracer);
  const wanted = logsWanted(first, looked.findings);
  const isLast = wanted.length === 0 && reader.signals === undefined && reader.recorded !== true;
  const early = isLast || run.onFirstAnswer !== undefined ? await answer(first, looked) : undefined;
  if (early !== undefined) run.onFirstAnswer?.(early);
  if (isLast && early !== undefined) {
    run.onSeen?.(first);
    return early;
  }
  if (wanted.length > 0) onProgress?.({ step: 'logs', done: 0, total: wanted.length });
  const again = async (more: Snapshot, before: Snapshot, so: Looked): Promise<Looked> =>
    hasMore(more, before) ? await lookInTurns(more, options, signal, tracer) : so;
  // Of what is as it was before there is nothing else to say.
  const tier = { findings: looked.findings, wanted, tracer, namespaces };
  const { snapshot: more, findings } = await secondTier(reader, first, tier, signal);
  const lookedMore = await again(more, first, looked);
  const full = await measuredLogs(reader, more, { ...tier, findings: lookedMore.findings }, signal);
  run.onSeen?.(full);
  const lookedFull = await again(full, more, lookedMore);
  return answer(full, { ...lookedFull, findings: [...lookedFull.findings, ...findings] });
}

/**
 * Jamie's deterministic tier: one snapshot, every analyzer, then only the logs that the findings point at, and the
 * analyzers again. Throws an `AutoDevOpsError` when there is nothing to read.
 */
export async function diagnose(reader: ClusterReader, options: DiagnoseOptions, run: DiagnoseRun): Promise<Diagnosis> {
  const tracer = reader.tracer ?? noTracer;
  return await tracer.span({ name: 'diagnose' }, async (span) => {
    const diagnosis = await diagnoseNow(reader, options, run, tracer);
    span.note({ 'autodevops.verdict': diagnosis.verdict, 'autodevops.causes': diagnosis.causes.length });
    return diagnosis;
  });
}

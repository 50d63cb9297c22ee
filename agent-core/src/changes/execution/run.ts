import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { ClusterObjects, SendOptions } from '@autodevops/domain/ports/cluster-objects';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import type { HelmReleases } from '@autodevops/domain/ports/helm-releases';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import type { Alerts } from '@autodevops/domain/ports/signals';
import type { Lease } from '@autodevops/domain/ports/store';
import type { ApprovalRules } from '../approving/approver.ts';
import { appendEvents, readChange } from '../journal/journal.ts';
import type { Recorded } from '../journal/journal.ts';
import type { Ground } from '../simulating/simulate.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Diagnose } from './findings.ts';
import type { Watchman } from './watchman.ts';

/** What executing needs beside the rest; times in milliseconds. */
export interface ExecutionDesk extends Surroundings {
  readonly ground: Ground & {
    readonly images?: NodeImages;
    readonly git?: GitChanges;
    readonly releases?: HelmReleases;
    readonly alerts?: Alerts;
  };
  readonly diagnose: Diagnose;
  /** Whether this process has heard that the kill switch is on. */
  readonly stopped: () => boolean;
  readonly rules: ApprovalRules;
  /** Ids of changes that this process executes at the moment: a lease does not tell a process from itself. */
  readonly underWay: Set<string>;
  readonly pace: Pace;
}

export interface Pace {
  /** How long the lease on a change lasts when nobody renews it: so long a dead process blocks it. */
  readonly lease: number;
  /** Between two looks at whether a change has helped. */
  readonly poll: number;
  /** How long it has to look good before that is believed. */
  readonly settle: number;
  /** Before something is tried again that was not let be done now. */
  readonly again: number;
}

export const usualPace: Pace = { lease: 4000, poll: 2000, settle: 10_000, again: 5000 };

/** One change on its way in this process. */
export interface Run {
  readonly id: string;
  readonly desk: ExecutionDesk;
  readonly lease: Lease;
  readonly watchman: Watchman;
  /** Stops even what is being sent. */
  readonly caller: AbortSignal;
  /** As it is known here; somebody else may have written since. */
  recorded: Recorded;
}

/** Others write rarely (a person who wants it taken back), so that many times in a row they do not. */
const attempts = 10;

/** Takes the change as the store has it now. */
export async function readAgain(run: Run): Promise<void> {
  run.recorded = await readChange(run.desk.store.changes, run.id);
}

/**
 * Writes events if the change still is as it is known here; otherwise reads it again and returns false, so that what is
 * next is thought over. Throws `store.fenced` when another process holds the lease.
 */
export async function record(run: Run, events: readonly ChangeEvent[]): Promise<boolean> {
  const { lease, desk, id } = run;
  try {
    run.recorded = await appendEvents(desk.store.changes, {
      id,
      before: run.recorded,
      events,
      agent: desk.agent,
      fence: { lease: lease.name, fence: lease.fence },
    });
    return true;
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict') throw error;
    await readAgain(run);
    return false;
  }
}

/** Writes what has happened in any case: what became of a step is true whatever else was written meanwhile. */
export async function recordFact(run: Run, event: ChangeEvent): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (await record(run, [event])) return;
  }
  throw new AutoDevOpsError(
    'store.conflict',
    `${run.id} is written to by others all the time.`,
    'Try again in a moment.',
  );
}

/** On whose behalf an operation is sent, and until when. */
export async function sendOptions({ desk, id, recorded, caller }: Run): Promise<Omit<SendOptions, 'dryRun'>> {
  const as = await desk.identity?.(recorded.change);
  return { changeId: id, signal: caller, ...(as === undefined ? {} : { as }) };
}

/** The cluster that a run changes. */
export function clusterOf({ desk }: Run): ClusterObjects {
  return desk.ground.cluster;
}

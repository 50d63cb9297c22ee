import { changeAnnotation } from '@autodevops/domain/change/field-manager';
import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Job } from '@autodevops/domain/kubernetes/workload';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import type { Live, Standing } from '../action.ts';
import { fieldAt } from '../patches/field-patch.ts';
import type { Json } from '../patches/field-patch.ts';
import { manifestName } from '../targets/manifest-name.ts';
import { countText } from '../sentences.ts';

/** How a Job ended; undefined while it has not. */
export function endingOf(job: Manifest): 'complete' | 'failed' | undefined {
  const { conditions } = kinds.Job.shape.read(job).status;
  if (conditionOf(conditions, 'Complete')?.status === 'True') return 'complete';
  return conditionOf(conditions, 'Failed')?.status === 'True' ? 'failed' : undefined;
}

/** A Job that has run well for this long counts as succeeded: how long its work takes is its own matter. */
const steadySeconds = 60;

function runningStanding(name: string, { status }: Job, now: number): Standing {
  const seconds = Math.floor((now - Date.parse(status.startTime ?? '')) / 1000);
  const failed = status.failed ?? 0;
  if ((status.ready ?? 0) > 0 && failed === 0 && seconds >= steadySeconds) {
    return { state: 'succeeded', says: `${name} has been running for ${seconds} seconds and has not failed.` };
  }
  return {
    state: 'waiting',
    says: `${name} has ${countText(status.active ?? 0, 'active pod')}, ${status.ready ?? 0} ready, ${failed} failed.`,
  };
}

/** How a Job that was started stands. */
export function runStanding(job: Manifest, live: Live): Standing {
  const name = manifestName(job);
  const ending = endingOf(job);
  if (ending === 'complete') return { state: 'succeeded', says: `${name} is complete.` };
  const read = kinds.Job.shape.read(job);
  if (ending === 'failed') {
    return {
      state: 'failed',
      says: `${name} failed: ${conditionOf(read.status.conditions, 'Failed')?.reason || 'no reason given'}.`,
    };
  }
  return runningStanding(name, read, live.now);
}

/** Labels and annotations by which a Job's own controller knows its pods; the server makes them anew. */
const ownKeys = ['controller-uid', 'job-name', 'kubectl.kubernetes.io/last-applied-configuration', changeAnnotation];

function without(map: unknown): Record<string, Json> {
  const entries = Object.entries((map ?? {}) as Record<string, Json>);
  return Object.fromEntries(
    entries.filter(([key]) => !ownKeys.includes(key) && !key.startsWith('batch.kubernetes.io/')),
  );
}

/** Labels and annotations that a new run may have of an old one. */
export function carriedOver(metadata: unknown): {
  readonly labels: Record<string, Json>;
  readonly annotations: Record<string, Json>;
} {
  return { labels: without(fieldAt(metadata, ['labels'])), annotations: without(fieldAt(metadata, ['annotations'])) };
}

/** The spec of an old run for a new one: without the selector and the labels that tie it to the old one's pods. */
export function specForNewRun(job: Manifest): Json {
  const {
    selector: _selector,
    manualSelector: _manual,
    ...spec
  } = structuredClone(job['spec'] ?? {}) as Record<string, Json>;
  const template = spec['template'] as { metadata?: object } | undefined;
  return {
    ...spec,
    template: { ...template, metadata: { ...template?.metadata, ...carriedOver(template?.metadata) } } as Json,
  };
}

/** Pods bear the Job's name in a label, so a name has at most 63 letters. */
const longestName = 63;

/** The first of `base-1`, `base-2`, … that no Job of these has. The same Jobs give the same name. */
export function freeName(base: string, word: string, jobs: readonly Manifest[]): string {
  const taken = new Set(jobs.map((job) => job.metadata.name));
  for (let number = 1; ; number += 1) {
    const tail = `-${word}-${number}`;
    const name = `${base.slice(0, longestName - tail.length).replace(/[-.]+$/, '')}${tail}`;
    if (!taken.has(name)) return name;
  }
}

/** Newest first, by when the server made them. */
export function newestFirst(jobs: readonly Manifest[]): readonly Manifest[] {
  const at = (job: Manifest): number => Date.parse(String(job.metadata['creationTimestamp'] ?? '')) || 0;
  return jobs.toSorted((a, b) => at(b) - at(a));
}

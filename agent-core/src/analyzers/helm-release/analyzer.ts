import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Because, Finding } from '@autodevops/domain/finding';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { formatDuration } from '@autodevops/domain/duration';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { ageOf } from '../../reading/recency.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { failed, pending } from './codes.ts';

interface Revision {
  readonly ref: ObjectRef;
  readonly metadata: Metadata;
  readonly release: string;
  readonly version: number;
  readonly status: string;
}

const patience = 10 * 60_000;
const day = 24 * 60 * 60_000;
const stuckStates = new Set(['pending-install', 'pending-upgrade', 'pending-rollback', 'uninstalling']);

function toRevision(ref: ObjectRef, metadata: Metadata): Revision[] {
  const { name, version, status, owner } = metadata.labels;
  const number = Number(version);
  if (owner !== 'helm' || name === undefined || status === undefined || !Number.isInteger(number)) return [];
  return [{ ref, metadata, release: name, version: number, status }];
}

/** Of each release, newest first: the newest decides, older ones are history. */
function releases(snapshot: Snapshot): readonly (readonly [Revision, ...Revision[]])[] {
  const all = [
    ...snapshot
      .list('Secret')
      .filter((s) => s.type === 'helm.sh/release.v1')
      .flatMap((s) => toRevision(refTo('Secret', s), s.metadata)),
    ...snapshot
      .list('ConfigMap')
      .filter((c) => c.metadata.labels['owner'] === 'helm')
      .flatMap((c) => toRevision(refTo('ConfigMap', c), c.metadata)),
  ];
  const byRelease = Map.groupBy(all, ({ metadata, release }) => `${metadata.namespace}/${release}`);
  return [...byRelease.values()].map(
    (own) => own.toSorted((a, b) => b.version - a.version) as [Revision, ...Revision[]],
  );
}

/** Helm writes the time of each change into a label, in Unix seconds. */
function changedAt({ metadata }: Revision): string {
  const seconds = Number(metadata.labels['modifiedAt'] ?? metadata.labels['createdAt']);
  if (!Number.isInteger(seconds) || seconds <= 0 || seconds > 1e11) return metadata.creationTimestamp ?? '';
  return new Date(seconds * 1000).toISOString();
}

const workloads = perSnapshot((snapshot) => {
  const all = (['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const).flatMap((kind) =>
    snapshot.list(kind).map((object) => ({
      ref: refTo(kind, object),
      byFlux: object.metadata.labels['helm.toolkit.fluxcd.io/name'] !== undefined,
      release: object.metadata.annotations['meta.helm.sh/release-name'] ?? '',
      home: object.metadata.annotations['meta.helm.sh/release-namespace'] ?? '',
    })),
  );
  return Map.groupBy(
    all.filter((w) => w.release !== ''),
    (w) => `${w.home}/${w.release}`,
  );
});

function because(snapshot: Snapshot, { metadata, release }: Revision): readonly Because[] {
  const own = workloads(snapshot).get(`${metadata.namespace}/${release}`) ?? [];
  return own.map((w) => ({ object: w.ref }));
}

/**
 * Back to the last revision that was in order, as Helm itself advises. Flux would install a release of its own anew; what
 * is kept in ConfigMaps the `helm` program finds only when it is told so.
 */
function rollback(
  snapshot: Snapshot,
  { ref, metadata, release, status }: Revision,
  older: readonly Revision[],
): readonly ProposedChange[] {
  const good = older.find((one) => one.status === 'deployed' || one.status === 'superseded');
  const own = workloads(snapshot).get(`${metadata.namespace}/${release}`) ?? [];
  const target = own.find(({ ref: { kind } }) => kind !== 'Job');
  if (
    good === undefined ||
    target === undefined ||
    status === 'uninstalling' ||
    ref.kind !== 'Secret' ||
    own.some(({ byFlux }) => byFlux)
  ) {
    return [];
  }
  return [{ action: 'helm-rollback', target: target.ref, params: { toRevision: good.version }, risk: 'high' }];
}

function checkRelease(snapshot: Snapshot, [revision, ...older]: readonly [Revision, ...Revision[]]): Finding[] {
  const { ref, metadata, release, version, status } = revision;
  const since = changedAt(revision);
  const age = ageOf(snapshot, since);
  if (age === undefined || metadata.deletionTimestamp !== undefined) return [];
  const name = `${metadata.namespace}/${said(release, 60)}`;
  const changes = rollback(snapshot, revision, older);
  const evidence = [fromStatus(ref, 'metadata.labels', `name=${release},status=${status},version=${version}`, since)];
  if (stuckStates.has(status) && age >= patience) {
    const cause = `Helm release ${name} has been "${status}" at revision ${version} for ${formatDuration(age)}: the operation was interrupted.`;
    return [finding(pending, { object: ref, cause, since, evidence, changes, facet: release })];
  }
  if (status !== 'failed') return [];
  const cause = `The last Helm operation on release ${name} (revision ${version}) failed ${formatDuration(age)} ago.`;
  return [
    finding(failed, {
      object: ref,
      cause,
      severity: age > 7 * day ? 'info' : 'warning',
      since,
      evidence,
      changes,
      because: because(snapshot, revision),
      generic: true,
      facet: release,
    }),
  ];
}

/** Helm releases, by the labels of their Secrets; what is in them is not read. */
export const helmRelease: Analyzer = {
  name: 'helm-release',
  codes: [pending, failed],
  analyze: (snapshot) => releases(snapshot).flatMap((release) => checkRelease(snapshot, release)),
};

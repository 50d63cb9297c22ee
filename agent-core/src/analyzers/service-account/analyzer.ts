import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Condition, Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { serviceAccountMissing, tokenNotMounted } from './codes.ts';
import { checkTokens } from './token-not-mounted.ts';

const kinds = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'] as const;
type Creator = (typeof kinds)[number];

interface Workload {
  readonly metadata: Metadata;
  readonly spec: { readonly template: PodTemplate };
  readonly status: {
    readonly conditions: readonly Condition[];
    readonly replicas?: number | undefined;
    readonly currentNumberScheduled?: number | undefined;
  };
}

/** Creators that have fewer pods than they want. */
function wanting(snapshot: Snapshot, kind: Creator): readonly Workload[] {
  if (kind === 'DaemonSet') {
    return snapshot
      .list(kind)
      .filter((d) => (d.status.currentNumberScheduled ?? 0) < (d.status.desiredNumberScheduled ?? 0));
  }
  if (kind === 'Job') {
    const done = (type: string): boolean => type === 'Complete' || type === 'Failed';
    return snapshot
      .list(kind)
      .filter(
        (j) =>
          j.spec.suspend !== true &&
          (j.status.active ?? 0) === 0 &&
          (j.status.succeeded ?? 0) === 0 &&
          !j.status.conditions.some((c) => done(c.type) && c.status === 'True'),
      );
  }
  return snapshot.list(kind).filter((w) => (w.status.replicas ?? 0) < (w.spec.replicas ?? 1));
}

function saysMissing(message: string, name: string): boolean {
  return message.includes(`serviceaccount "${name}" not found`) || message.includes(`error looking up service account`);
}

function refusal(snapshot: Snapshot, kind: Creator, workload: Workload): { said: Evidence; since: string } | undefined {
  const ref = refTo(kind, workload);
  const name = workload.spec.template.spec.serviceAccountName ?? '';
  const condition = workload.status.conditions.find((c) => c.status === 'True' && saysMissing(c.message, name));
  if (condition !== undefined) {
    return { said: fromCondition(ref, condition), since: condition.lastTransitionTime ?? '' };
  }
  const event = newestEvents(snapshot, ref, 'FailedCreate').find(
    (e) => saysMissing(e.message, name) && isRecent(snapshot, e.last),
  );
  return event === undefined ? undefined : { said: fromEvent(event), since: event.first ?? '' };
}

/** It could make pods: whether its account is there shows when it makes the next. */
function hasPods({ status }: Workload): boolean {
  return (status.replicas ?? status.currentNumberScheduled ?? 0) > 0;
}

/** The API server names another reason. */
function refusedOtherwise(snapshot: Snapshot, kind: Creator, workload: Workload): boolean {
  const failing = workload.status.conditions.some((c) => c.type === 'ReplicaFailure' && c.status === 'True');
  return (
    failing || newestEvents(snapshot, refTo(kind, workload), 'FailedCreate').some((e) => isRecent(snapshot, e.last))
  );
}

function check(snapshot: Snapshot, kind: Creator, workload: Workload): Finding[] {
  const { namespace } = workload.metadata;
  const name = workload.spec.template.spec.serviceAccountName ?? '';
  if (
    name === '' ||
    workload.metadata.deletionTimestamp !== undefined ||
    snapshot.get('ServiceAccount', namespace, name) !== undefined
  ) {
    return [];
  }
  const refused = refusal(snapshot, kind, workload);
  if (
    refused === undefined &&
    (hasPods(workload) ||
      refusedOtherwise(snapshot, kind, workload) ||
      !snapshot.lacks('ServiceAccount', namespace, name))
  ) {
    return [];
  }
  const alike = nearMatches(
    name,
    snapshot.listIn('ServiceAccount', namespace).map((a) => a.metadata.name),
  );
  const ref = refTo(kind, workload);
  const hints =
    alike.length === 0
      ? []
      : [`Check the spelling: namespace ${namespace} has ${alike.map((n) => `"${n}"`).join(', ')}.`];
  return [
    finding(serviceAccountMissing, {
      object: ref,
      cause: `${kind} ${workload.metadata.name} cannot create pods, because its service account "${name}" does not exist in namespace ${namespace}.`,
      evidence: [
        ...(refused === undefined ? [] : [refused.said]),
        fromSpec(ref, 'spec.template.spec.serviceAccountName', name),
      ],
      since: refused?.since ?? '',
      confidence: refused === undefined ? 'medium' : 'high',
      nextSteps: [...hints, ...serviceAccountMissing.nextSteps],
      facet: name,
      sharedWith: `${namespace}/${name}`,
    }),
  ];
}

export const serviceAccount: Analyzer = {
  name: 'service-account',
  codes: [serviceAccountMissing, tokenNotMounted],
  analyze: (snapshot) => [
    ...kinds.flatMap((kind) => wanting(snapshot, kind).flatMap((workload) => check(snapshot, kind, workload))),
    ...checkTokens(snapshot),
  ],
};

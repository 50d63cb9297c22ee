import type { Because, Finding } from '@autodevops/domain/finding';
import type { ApiService } from '@autodevops/domain/kubernetes/cluster';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { tunnelEvidence } from '../../evidence/tunnel-evidence.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { serviceMissing, unavailable } from './codes.ts';

const moment = 60_000;

function groupVersion(api: ApiService): string {
  const { group, version } = api.spec;
  return (group ?? '') === '' || (version ?? '') === '' ? api.metadata.name : `${group}/${version}`;
}

function checkService(snapshot: Snapshot, api: ApiService): Finding[] {
  const available = conditionOf(api.status.conditions, 'Available');
  const { service } = api.spec;
  if (service === undefined || available?.status !== 'False') return [];
  const missing = available.reason === 'ServiceNotFound' || snapshot.lacks('Service', service.namespace, service.name);
  const ref = refTo('APIService', api);
  const name = `${service.namespace}/${service.name}`;
  const tunnel = tunnelEvidence(snapshot, available.message);
  const because: Because[] = [
    { object: refByName('Service', service.namespace, service.name) },
    ...(tunnel?.because ?? []),
  ];
  const cause = missing
    ? `API group ${groupVersion(api)} does not work because its Service ${name} does not exist.`
    : `API group ${groupVersion(api)} does not work: ${said(available.message || available.reason)}.${tunnel?.sentence ?? ''}`;
  const young = !missing && (ageOf(snapshot, available.lastTransitionTime) ?? moment) < moment;
  return [
    finding(missing ? serviceMissing : unavailable, {
      object: ref,
      cause,
      standing: young ? 'progressing' : 'current',
      since: available.lastTransitionTime ?? '',
      evidence: [
        fromCondition(ref, available),
        fromSpec(ref, 'spec.service', `service: ${name}`),
        ...(tunnel?.evidence ?? []),
      ],
      ...(tunnel === undefined ? {} : { nextSteps: [tunnel.step] }),
      because: missing ? [] : because,
    }),
  ];
}

/** Aggregated API groups whose Service does not answer. */
export const apiService: Analyzer = {
  name: 'api-service',
  codes: [serviceMissing, unavailable],
  analyze: (snapshot) => snapshot.list('APIService').flatMap((api) => checkService(snapshot, api)),
};

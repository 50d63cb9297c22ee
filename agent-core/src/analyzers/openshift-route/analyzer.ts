import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { condition as conditionShape } from '@autodevops/domain/kubernetes/metadata';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { hostClaimed, notAdmitted } from './codes.ts';

const moment = 60_000;

interface Word {
  readonly condition: Condition;
  readonly path: string;
}

/** What each router says of the Route. */
function admissions(route: CustomObject): readonly Word[] {
  return listAt(route.status, 'ingress').flatMap((router, index) =>
    listAt(router, 'conditions')
      .map(conditionShape.read)
      .filter((c) => c.type === 'Admitted')
      .map((condition) => ({ condition, path: `status.ingress[${index}].conditions[type=Admitted]` })),
  );
}

function otherOwner(snapshot: Snapshot, route: CustomObject, host: string): string {
  const other = customOfKind(snapshot, 'route.openshift.io', 'Route').find(
    (r) =>
      r !== route &&
      textAt(r.spec, 'host') === host &&
      admissions(r).some(({ condition }) => condition.status === 'True'),
  );
  return other === undefined ? '' : `: ${refText(refToCustom(other))} has it`;
}

function checkRoute(snapshot: Snapshot, route: CustomObject): readonly Finding[] {
  const words = admissions(route);
  const [refused] = words.filter(({ condition }) => condition.status === 'False');
  // One router of several that takes it serves it; which routers are to take it, their selectors say.
  if (
    refused === undefined ||
    words.some(({ condition }) => condition.status === 'True') ||
    route.metadata.deletionTimestamp !== undefined
  ) {
    return [];
  }
  const { condition, path } = refused;
  if ((ageOf(snapshot, condition.lastTransitionTime) ?? Infinity) < moment) return [];
  const ref = refToCustom(route);
  const host = textAt(route.spec, 'host');
  const claimed = condition.reason === 'HostAlreadyClaimed';
  const why = claimed
    ? `its host ${said(host, 120)} is taken already${otherOwner(snapshot, route, host)}`
    : said([condition.reason, condition.message].filter((part) => part !== '').join(': '));
  return [
    finding(claimed ? hostClaimed : notAdmitted, {
      object: ref,
      cause: `${refText(ref)} is not served: ${why}.`,
      evidence: [{ ...fromCondition(ref, condition), path }, fromSpec(ref, 'spec.host', host)],
      since: condition.lastTransitionTime ?? '',
    }),
  ];
}

/** OpenShift's Routes, as their routers judge them. */
export const openshiftRoute: Analyzer = {
  name: 'openshift-route',
  codes: [hostClaimed, notAdmitted],
  analyze: (snapshot) =>
    customOfKind(snapshot, 'route.openshift.io', 'Route').flatMap((route) => checkRoute(snapshot, route)),
};

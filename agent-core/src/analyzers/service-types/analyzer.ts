import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Analyzer } from '../analyzer.ts';
import { checkAnnouncing } from './announcing.ts';
import {
  addressUnannounced,
  externalLocal,
  externalNameAddress,
  externalNameNotFound,
  governingMissing,
  governingNotHeadless,
  internalLocal,
  loadBalancerFailed,
  loadBalancerPending,
  nodePortConflict,
} from './codes.ts';
import { checkExternalName } from './external-name.ts';
import { checkGoverning } from './governing.ts';
import { checkLoadBalancer } from './load-balancer.ts';
import { checkNodePort } from './node-port.ts';
import { checkTrafficPolicy } from './traffic-policy.ts';

function checkService(snapshot: Snapshot, service: Service): readonly (Finding | undefined)[] {
  if (service.metadata.deletionTimestamp !== undefined) return [];
  return [
    checkExternalName(snapshot, service),
    checkLoadBalancer(snapshot, service),
    checkNodePort(snapshot, service),
    ...checkTrafficPolicy(snapshot, service),
  ];
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const services = snapshot.list('Service').flatMap((service) => checkService(snapshot, service));
  const sets = snapshot.list('StatefulSet').map((set) => checkGoverning(snapshot, set));
  return [...services, ...sets, ...checkAnnouncing(snapshot)].filter((f) => f !== undefined);
}

export const serviceTypes: Analyzer = {
  name: 'service-types',
  codes: [
    governingMissing,
    governingNotHeadless,
    externalNameNotFound,
    externalNameAddress,
    loadBalancerPending,
    loadBalancerFailed,
    addressUnannounced,
    nodePortConflict,
    internalLocal,
    externalLocal,
  ],
  analyze,
};

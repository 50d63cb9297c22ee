import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import type { Analyzer } from '../analyzer.ts';
import { portNotServed, protocolDiffers, selectorTooBroad, targetNameUnknown, targetNotDeclared } from './codes.ts';
import { checkNotServed } from './not-served.ts';
import { checkTargets } from './targets.ts';
import { checkTooBroad } from './too-broad.ts';

function checkService(snapshot: Snapshot, service: Service): readonly Finding[] {
  if (service.metadata.deletionTimestamp !== undefined) return [];
  const callers = checkNotServed(snapshot, service);
  if (service.spec.type === 'ExternalName') return callers;
  const pods = podsBehind(snapshot, service).filter((pod) => !isFinished(pod) && !isTerminating(pod));
  if (pods.length === 0) return callers;
  const served = { snapshot, service, pods };
  // Clients of a headless Service go to the pods themselves: which of them they choose is theirs to know.
  return service.spec.clusterIP === 'None' ? callers : [...callers, ...checkTooBroad(served), ...checkTargets(served)];
}

export const servicePorts: Analyzer = {
  name: 'service-ports',
  codes: [targetNameUnknown, targetNotDeclared, protocolDiffers, portNotServed, selectorTooBroad],
  analyze: (snapshot) => snapshot.list('Service').flatMap((service) => checkService(snapshot, service)),
};

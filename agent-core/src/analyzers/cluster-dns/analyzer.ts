import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Analyzer } from '../analyzer.ts';
import {
  apiUnreachable,
  configInvalid,
  loop,
  missing,
  noClusterZone,
  notReady,
  scaledToZero,
  upstreamTimeout,
} from './codes.ts';
import { checkCorefile } from './corefile.ts';
import { dnsServices } from './dns-workload.ts';
import { checkLogs } from './logs.ts';
import { checkPods } from './pods.ts';

function analyze(snapshot: Snapshot): readonly Finding[] {
  return dnsServices(snapshot).flatMap((dns) => {
    const pods = checkPods(dns);
    return [...(pods === undefined ? [] : [pods]), ...checkCorefile(dns), ...checkLogs(dns)];
  });
}

export const clusterDns: Analyzer = {
  name: 'cluster-dns',
  codes: [scaledToZero, missing, notReady, configInvalid, loop, noClusterZone, upstreamTimeout, apiUnreachable],
  analyze,
};

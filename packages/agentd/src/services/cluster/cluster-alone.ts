import type { ClusterReader } from '@autodevops/domain/ports/cluster';

/**
 * The same reader without monitoring. For whatever concludes from what is not seen any more, or has to be the same before
 * and after: that a metric is missing must not keep an incident open, nor an automation from acting.
 */
export function clusterAlone({ signals: _signals, ...cluster }: ClusterReader): ClusterReader {
  return cluster;
}

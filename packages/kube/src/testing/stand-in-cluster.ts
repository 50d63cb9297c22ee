import { onTestFinished } from 'vitest';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { createFaults } from './stand-in/fault.ts';
import type { Faults } from './stand-in/fault.ts';
import { startStandIn } from './stand-in/stand-in-server.ts';
import type { Recording, StandIn, StandInTesting } from './stand-in/stand-in-server.ts';

export interface StandInCluster {
  readonly server: StandIn;
  readonly faults: Faults;
  readonly access: ClusterAccess;
}

/** A stand-in for an API server that ends with the test. */
export async function standIn(recording: Recording = { objects: [] }, testing: StandInTesting = {}): Promise<StandInCluster> {
  const faults = testing.faults ?? createFaults();
  const server = await startStandIn(recording, { ...testing, faults });
  onTestFinished(() => server.close());
  return { server, faults, access: plainAccess('sample', server.url) };
}

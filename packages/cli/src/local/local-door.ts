import type { LocalChoice, LocalSettings } from '@autodevops/agentd/process/local-settings';
import type { LocalCluster } from '@autodevops/domain/ports/local-cluster';

/** A local cluster, and what its configuration says about it. Made in compose.ts. */
export interface LocalDoor extends LocalSettings {
  readonly cluster: LocalCluster;
}

export type OpenLocal = (choice: LocalChoice) => Promise<LocalDoor>;

import type { Socket } from 'node:net';
import type { AutoDevOpsError } from '@autodevops/domain/errors';

/** What a proxy is asked to connect to. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A connection that is coming about. `giveUp` closes what is open of it; `connected` rejects with the reason. */
export interface Attempt {
  readonly connected: Promise<Socket>;
  readonly giveUp: (why: AutoDevOpsError) => void;
}

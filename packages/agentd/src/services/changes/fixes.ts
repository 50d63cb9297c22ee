import { readyProposals, requestOf } from '@autodevops/agent-core/scarlet/ready-proposals';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';

/** A request that still lacks parameters which can be read off nothing. */
export interface OpenProposal {
  readonly request: ActionRequest;
  readonly asks: readonly string[];
}

export interface Fix {
  readonly cause: Cause;
  readonly proposals: readonly ActionRequest[];
  /** What would help as soon as a person gives the parameters that it asks for. */
  readonly open: readonly OpenProposal[];
  /** What only a person can do. */
  readonly manual: readonly string[];
}

/** What would help each cause: what Scarlet can carry out as it is, what waits for a person's values, and the steps for people. */
export function fixesOf({ causes }: Diagnosis): readonly Fix[] {
  return causes.map((cause) => ({
    cause,
    proposals: readyProposals(cause),
    open: cause.changes.flatMap((change) =>
      change.asks === undefined || change.asks.length === 0 ? [] : [{ request: requestOf(change), asks: change.asks }],
    ),
    manual: cause.nextSteps,
  }));
}

import { readActionRequest } from '@autodevops/agent-core/scarlet/action-request';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis, ProposedChange } from '@autodevops/domain/diagnosis';

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

/** A proposal that the catalogue's schemas can read; others are for people. */
function readable(request: ActionRequest): boolean {
  try {
    readActionRequest(request);
    return true;
  } catch {
    return false;
  }
}

function requestOf({ action, target, params }: ProposedChange): ActionRequest {
  return { action, target, params };
}

/** What would help each cause: what Scarlet can carry out as it is, what waits for a person's values, and the steps for people. */
export function fixesOf({ causes }: Diagnosis): readonly Fix[] {
  return causes.map((cause) => ({
    cause,
    proposals: cause.changes.filter(({ asks = [] }) => asks.length === 0).map(requestOf).filter(readable),
    open: cause.changes.flatMap((change) => (change.asks === undefined || change.asks.length === 0 ? [] : [{ request: requestOf(change), asks: change.asks }])),
    manual: cause.nextSteps,
  }));
}

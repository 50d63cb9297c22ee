import { readActionRequest } from '@autodevops/agent-core/scarlet/action-request';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';

export interface Fix {
  readonly cause: Cause;
  readonly proposals: readonly ActionRequest[];
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

/** What would help each cause: its proposals that Scarlet can carry out, and the steps for people. */
export function fixesOf({ causes }: Diagnosis): readonly Fix[] {
  return causes.map((cause) => ({
    cause,
    proposals: cause.changes.map(({ action, target, params }) => ({ action, target, params })).filter(readable),
    manual: cause.nextSteps,
  }));
}

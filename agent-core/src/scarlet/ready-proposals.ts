import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause, ProposedChange } from '@autodevops/domain/diagnosis';
import { readActionRequest } from './action-request.ts';

/** What a proposal asks of the catalogue. */
export function requestOf({ action, target, params }: ProposedChange): ActionRequest {
  return { action, target, params };
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

/** What would remove a cause and lacks nothing that only a person can give, best first. */
export function readyProposals({ changes }: Pick<Cause, 'changes'>): readonly ActionRequest[] {
  return changes
    .filter(({ asks = [] }) => asks.length === 0)
    .map(requestOf)
    .filter(readable);
}

import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CreationFailure } from '../reading/workloads/creation-failure.ts';
import { fromCondition, fromEvent } from './finding.ts';

/** The refusal as the owner's condition and, where it says more or is all there is, its event. */
export function creationEvidence(failure: CreationFailure): readonly Evidence[] {
  const { owner, condition, event } = failure;
  const said = condition === undefined ? [] : [fromCondition(owner, condition)];
  return event === undefined || (condition !== undefined && event.message === condition.message)
    ? said
    : [...said, fromEvent(event)];
}

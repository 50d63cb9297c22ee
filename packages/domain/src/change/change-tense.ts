import type { ChangeState } from './change.ts';

/** When what a change does is told: it lies ahead, it was begun, it was taken back, or it never came to be. */
export type ChangeTense = 'ahead' | 'begun' | 'undone' | 'dropped';

const tenses: Readonly<Record<ChangeState, ChangeTense>> = {
  proposed: 'ahead',
  waiting: 'ahead',
  approved: 'ahead',
  executing: 'begun',
  verifying: 'begun',
  undoing: 'undone',
  succeeded: 'begun',
  undone: 'undone',
  failed: 'begun',
  unknown: 'begun',
  rejected: 'dropped',
  forbidden: 'dropped',
  expired: 'dropped',
  cancelled: 'dropped',
  superseded: 'dropped',
};

/** The facts of a plan are of one moment. Once a change was begun or dropped they are told as of then, not as of now. */
export function changeTense(state: ChangeState): ChangeTense {
  return tenses[state];
}

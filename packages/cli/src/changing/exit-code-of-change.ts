import type { ChangeState } from '@autodevops/domain/change/change';

/** Somebody has to do something before it can go on. */
export const waiting = 2;
/** As sysexits has it for what is not permitted. */
export const refused = 77;

/** 0 done and verified; 1 not fixed: undone, failed, unknown or ended before; 2 waits for somebody; 77 refused. */
export function exitCodeOfChange(state: ChangeState): number {
  if (state === 'succeeded') return 0;
  if (state === 'proposed' || state === 'waiting' || state === 'approved') return waiting;
  return state === 'forbidden' || state === 'rejected' ? refused : 1;
}

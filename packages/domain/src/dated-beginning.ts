import type { Cause } from './diagnosis.ts';

/**
 * What a cause began with and when that was made, for what is read at any time; empty where none is known. `thatWasAt`: the
 * second sentence, in the reader's language.
 */
export function datedBeginning(
  { began, beganAt = '' }: Pick<Cause, 'began' | 'beganAt'>,
  thatWasAt: (time: string) => string = (time) => `That was at ${time}.`,
): string {
  return began === '' || beganAt === '' ? began : `${began} ${thatWasAt(beganAt)}`;
}

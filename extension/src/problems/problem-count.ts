import type { ProblemsState } from './problems-feed.ts';

/** How many causes a person should know of: the badge of the view. */
export function problemCount(state: ProblemsState): number {
  return 'diagnosis' in state ? state.diagnosis.causes.filter(({ severity }) => severity !== 'info').length : 0;
}

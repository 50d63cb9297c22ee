import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';

/** One thing that doctor looked at. `missing` is in the way; `optional` only limits what can be done. */
export interface Check {
  readonly name: string;
  readonly state: 'fine' | 'missing' | 'optional';
  readonly says: string;
  /** How to get it; empty when all is well. */
  readonly remedy: string;
  readonly remedyParts?: RemedyParts | undefined;
}

export function fine(name: string, says: string): Check {
  return { name, state: 'fine', says, remedy: '' };
}

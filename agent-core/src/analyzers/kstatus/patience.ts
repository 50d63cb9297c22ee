import type { Meaning } from './condition-meaning.ts';

/** In milliseconds. */
export const minute = 60_000;

/** How long a state may last before it counts. */
export const patience: Readonly<Record<Meaning, number>> = {
  failed: 2 * minute,
  'not-ready': 3 * minute,
  'under-way': 30 * minute,
  nothing: Infinity,
};

import type { Part } from '../protocol/part.ts';

/** What happens to an answer while it is made. */
export type Step = { readonly put: Part } | { readonly drop: string };

export const progressId = 'progress';

export function progress(text: string, done = 0, total = 0): Step {
  return { put: { id: progressId, kind: 'progress', text, done, total } };
}

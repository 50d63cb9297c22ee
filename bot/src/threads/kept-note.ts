import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { z } from 'zod';

/** A note as it is read, and a way to put the next one. What cannot be read counts as never put. */
export interface KeptNote<T> {
  readonly value: T | undefined;
  /** Puts unless it is the same. Throws `store.conflict` when somebody else put first. */
  readonly put: (next: T) => Promise<void>;
}

export async function keptNote<T>(
  notes: BotStore['notes'],
  customer: string,
  name: string,
  shape: z.ZodType<T>,
): Promise<KeptNote<T>> {
  const kept = await notes.get(customer, name);
  const read = shape.safeParse(kept);
  const value = read.success ? read.data : undefined;
  return {
    value,
    put: async (next) => {
      if (value === undefined || JSON.stringify(value) !== JSON.stringify(next)) {
        await notes.swap(customer, name, kept, next);
      }
    },
  };
}

import { z } from 'zod';
import type { Notes } from '@autodevops/domain/ports/bot-store';

/** Of a note that is of use for a while only: when it was put. */
const Dated = z.object({ at: z.string() });

/** Conversations, answers and files that were begun, who proposes a fix, what somebody has seen or stopped. What a thread is shown by goes with the thread. */
const passing = ['talk/', 'answer/', 'upload/', 'fix/', 'seen/', 'stop/'] as const;

/** Forgets what was noted for a while before that time: who asks there again begins anew. */
export async function forgetOldNotes(notes: Notes, customer: string, before: string): Promise<void> {
  for (const prefix of passing) {
    for (const { name, value } of await notes.list(customer, prefix)) {
      const at = Dated.safeParse(value).data?.at;
      if (at === undefined || at < before) await notes.remove(customer, name);
    }
  }
}

import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { Edges } from '../receiving/edges.ts';
import { machineClock } from '../waiting/clock.ts';

/** Whether the store answers; asked anew at each look. */
export function readiness(
  { messages }: Pick<BotStore, 'messages'>,
  edges: () => Pick<Edges, 'flaw'> | undefined,
): () => Promise<string | undefined> {
  return async () => {
    const current = edges();
    if (current === undefined) return 'it is starting';
    const late = new AbortController();
    const answered = await Promise.race([
      messages.backlog().then(
        () => true,
        () => false,
      ),
      machineClock.wait(2000, late.signal).then(() => false),
    ]);
    late.abort();
    return answered ? current.flaw() : 'the store does not answer';
  };
}

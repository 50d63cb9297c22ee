import type { Outbox } from '@autodevops/domain/ports/store';
import { copied } from './state.ts';
import type { Session } from './state.ts';

export function outboxIn({ state, write }: Session): Outbox {
  return {
    after: async (after, limit) => copied(state.outbox.filter(({ cursor }) => cursor > after).slice(0, limit)),
    head: async () => state.outbox.at(-1)?.cursor ?? 0,
    oldest: async () => state.outbox[0]?.cursor ?? 0,
    prune: ({ before, limit }) =>
      write('outbox', () => {
        const over = state.outbox
          .slice(0, limit)
          .filter((event) => event.time < before && event !== state.outbox.at(-1));
        for (const event of over) state.outbox.splice(state.outbox.indexOf(event), 1);
        return over.length;
      }),
  };
}

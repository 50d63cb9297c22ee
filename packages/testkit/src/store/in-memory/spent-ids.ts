import type { SpentIds } from '@autodevops/domain/ports/store';
import type { Session } from './state.ts';

export function spentIdsIn({ state: { spent }, write, now }: Session): SpentIds {
  return {
    spend: (id, until) =>
      write('spent', () => {
        for (const [old, end] of spent) if (end < now()) spent.delete(old);
        if (spent.has(id)) return false;
        spent.set(id, until);
        return true;
      }),
  };
}

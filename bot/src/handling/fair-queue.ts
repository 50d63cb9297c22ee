/** What waits for room, group by group in turn: a flood of one group delays another by no more than its own turn. */
export interface FairQueue<T> {
  /** Whether one more of the group can be added. */
  readonly hasRoom: (group: string) => boolean;
  /** False when there is no more room for its group. */
  readonly add: (group: string, item: T) => boolean;
  /** Of the next group that may have one more at work. */
  readonly next: () => { readonly group: string; readonly item: T } | undefined;
  /** One of the group is done. */
  readonly done: (group: string) => void;
  readonly atWork: () => number;
  readonly waiting: () => number;
  /** All that waits, which then waits no more. */
  readonly drain: () => readonly T[];
}

export interface FairQueueBounds {
  readonly atWork: number;
  readonly atWorkOfGroup: number;
  readonly waitingOfGroup: number;
}

export function fairQueue<T>(bounds: FairQueueBounds): FairQueue<T> {
  /** In the order of their turns: who had one goes to the end. */
  const waiting = new Map<string, T[]>();
  const working = new Map<string, number>();
  let atWork = 0;
  const hasRoom = (group: string): boolean => (waiting.get(group)?.length ?? 0) < bounds.waitingOfGroup;
  return {
    hasRoom,
    add: (group, item) => {
      if (!hasRoom(group)) return false;
      const items = waiting.get(group) ?? [];
      items.push(item);
      waiting.set(group, items);
      return true;
    },
    next: () => {
      if (atWork >= bounds.atWork) return undefined;
      for (const [group, items] of waiting) {
        const now = working.get(group) ?? 0;
        if (now >= bounds.atWorkOfGroup) continue;
        const item = items.shift();
        waiting.delete(group);
        if (items.length > 0) waiting.set(group, items);
        if (item === undefined) continue;
        working.set(group, now + 1);
        atWork += 1;
        return { group, item };
      }
      return undefined;
    },
    done: (group) => {
      const now = working.get(group) ?? 0;
      if (now <= 1) working.delete(group);
      else working.set(group, now - 1);
      atWork -= 1;
    },
    atWork: () => atWork,
    waiting: () => [...waiting.values()].reduce((sum, items) => sum + items.length, 0),
    drain: () => {
      const all = [...waiting.values()].flat();
      waiting.clear();
      return all;
    },
  };
}

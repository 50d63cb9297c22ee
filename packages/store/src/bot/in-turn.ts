/** The groups behind the one that was served last, then the others: in their own order, which begins anew at the end. */
export function fromNext<Group>(groups: readonly Group[], isBehind: (group: Group) => boolean): readonly Group[] {
  return [...groups.filter(isBehind), ...groups.filter((group) => !isBehind(group))];
}

/**
 * Takes at most `limit` from groups in turn: each has the same share, and what one leaves goes to who has more. `take`
 * gives fewer than it is asked for only when its group has no more.
 */
export function takeInTurn<Group, Row>(
  groups: readonly Group[],
  limit: number,
  take: (group: Group, count: number) => readonly Row[],
): readonly Row[] {
  const taken: Row[] = [];
  for (let waiting = groups; waiting.length > 0 && taken.length < limit;) {
    const share = Math.max(1, Math.floor((limit - taken.length) / waiting.length));
    waiting = waiting.filter((group) => {
      const count = Math.min(share, limit - taken.length);
      const rows = count === 0 ? [] : take(group, count);
      taken.push(...rows);
      return rows.length === count;
    });
  }
  return taken;
}

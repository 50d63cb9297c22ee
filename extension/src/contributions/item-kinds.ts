/** What an item of a tree can be, for menus: an item names every kind that it is. */
export const itemKinds = [
  'cause',
  'fixable',
  'object',
  'pod',
  'otherContext',
  'lockedContext',
  'openContext',
  'localCluster',
  'runningLocal',
  'stoppedLocal',
  'incident',
  'ongoingIncident',
  'openIncident',
  'change',
  'waitingChange',
  'approvedChange',
  'runningChange',
  'undoableChange',
] as const;
export type ItemKind = (typeof itemKinds)[number];

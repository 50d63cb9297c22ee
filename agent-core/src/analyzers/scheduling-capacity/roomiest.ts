import type { NodeRoom } from '../../reading/scheduling/node-room.ts';

/** The node with most of something; of two with as much, the first by name. */
export function roomiest(rooms: readonly NodeRoom[], amount: (room: NodeRoom) => number): NodeRoom | undefined {
  return rooms.toSorted((a, b) => amount(b) - amount(a) || a.node.metadata.name.localeCompare(b.node.metadata.name))[0];
}

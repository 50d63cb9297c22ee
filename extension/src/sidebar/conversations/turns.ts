import type { Part } from '../protocol/part.ts';
import type { TurnView } from '../protocol/turn-view.ts';

/** A question that was just asked. */
export function begun(id: number, question: string): TurnView {
  return { id, question, time: '', how: 'running', parts: [] };
}

/** With the part in the place of the one of its id; else behind `after`; else at the end. */
export function withPart(turn: TurnView, part: Part, after?: string): TurnView {
  const { parts } = turn;
  const known = parts.findIndex(({ id }) => id === part.id);
  if (known >= 0) return { ...turn, parts: parts.with(known, part) };
  const before = after === undefined ? -1 : parts.findIndex(({ id }) => id === after);
  return { ...turn, parts: before < 0 ? [...parts, part] : parts.toSpliced(before + 1, 0, part) };
}

export function withoutPart(turn: TurnView, id: string): TurnView {
  return { ...turn, parts: turn.parts.filter((part) => part.id !== id) };
}

/** Nothing of an answer that ended is under way. */
export function ended(turn: TurnView, how: TurnView['how']): TurnView {
  return { ...turn, how, parts: turn.parts.filter(({ kind }) => kind !== 'progress') };
}

/** More of a long list: the part before it says no more that there is more. */
export function withMore(turn: TurnView, after: string, part: Part): TurnView {
  const parts = turn.parts.map((one) => (one.id === after && one.kind === 'causes' ? { ...one, left: 0 } : one));
  return withPart({ ...turn, parts }, part, after);
}

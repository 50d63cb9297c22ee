import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refText } from '@autodevops/domain/object-ref';
import { stateOfRef } from './object-state.ts';
import { concernedBy, namesOf } from './health.ts';
import type { AskContext, Reply } from './intent.ts';

function stateLines({ snapshot }: AskContext, refs: readonly ObjectRef[]): string[] {
  return refs.slice(0, 8).flatMap((ref) => {
    const state = stateOfRef(snapshot, ref);
    return state === '' ? [] : [`${refText(ref)}: ${state}.`];
  });
}

/** What there is to say of some objects: their state, what is wrong with them or beneath them. */
export function objectHealth(context: AskContext, refs: readonly [ObjectRef, ...ObjectRef[]]): Reply {
  const { own, below, information } = concernedBy(context, refs);
  const names = namesOf(refs);
  const are = refs.length === 1 ? 'is' : 'are';
  const notes = information.slice(0, 3).map((cause) => cause.cause);
  const common = { objects: [...refs], causes: [...own, ...below], lines: [...stateLines(context, refs), ...notes], blindSpots: [...context.diagnosis.blindSpots] };
  const [first] = own;
  if (first !== undefined) return { ...common, headline: `${names} ${are} not healthy: ${first.cause}` };
  if (below[0] !== undefined) return { ...common, headline: `Nothing is wrong with ${names} as such, but with what ${refs.length === 1 ? 'it stands' : 'they stand'} on: ${below[0].cause}` };
  if (context.diagnosis.verdict === 'inconclusive') return { ...common, headline: `Nothing wrong was seen with ${names}, but not everything could be looked at.` };
  return { ...common, headline: `Nothing is wrong with ${names}.` };
}

import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { stateOfRef } from './object-state.ts';
import { entrances } from '../entrances.ts';
import { concernedBy } from './health.ts';
import { namesOf } from '../naming/names.ts';
import type { AskContext, Reply } from '../intent.ts';
import { usersOf } from '../users.ts';

function stateLines({ snapshot }: AskContext, refs: readonly ObjectRef[]): string[] {
  return refs.slice(0, 8).flatMap((ref) => {
    const state = stateOfRef(snapshot, ref);
    return state === '' ? [] : [`${refText(ref)}: ${state}.`];
  });
}

const serving = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'Pod']);

/** Trouble of what leans on them, where they are well themselves: it may still be between the two. */
function troubleAbove({ snapshot, diagnosis }: AskContext, refs: readonly ObjectRef[]): readonly string[] {
  const targets = entrances(
    snapshot,
    refs.filter(({ kind }) => serving.has(kind)),
  );
  const inside = new Set(targets.map(refKey));
  const keys = new Set(
    targets
      .flatMap((target) => usersOf(snapshot, target))
      .map(({ user }) => refKey(user))
      .filter((key) => !inside.has(key)),
  );
  return diagnosis.causes
    .filter(({ object }) => keys.has(refKey(object)))
    .slice(0, 2)
    .map(
      ({ object, cause }) =>
        `What leans on ${refs.length === 1 ? 'it' : 'them'} has trouble, ${refText(object)}: ${cause}`,
    );
}

/** What there is to say of some objects: their state, what is wrong with them or beneath them. */
export function objectHealth(context: AskContext, refs: readonly [ObjectRef, ...ObjectRef[]]): Reply {
  const { own, below, information } = concernedBy(context, refs);
  const names = namesOf(refs);
  const are = refs.length === 1 ? 'is' : 'are';
  const notes = information.slice(0, 3).map((cause) => cause.cause);
  const common = {
    objects: [...refs],
    causes: [...own, ...below],
    lines: [...stateLines(context, refs), ...notes],
    blindSpots: [...context.diagnosis.blindSpots],
  };
  const [first] = own;
  if (first !== undefined) {
    // Of several, only those are told sick at which a cause shows.
    const sick = refs.filter((ref) => concernedBy(context, [ref]).own.length > 0);
    const well = refs.filter((ref) => !sick.includes(ref));
    const others = well.length === 0 ? '' : ` Nothing is wrong with ${namesOf(well)} as such.`;
    return {
      ...common,
      headline: `${namesOf(sick)} ${sick.length === 1 ? 'is' : 'are'} not healthy: ${first.cause}${others}`,
    };
  }
  if (below[0] !== undefined) {
    return {
      ...common,
      headline: `Nothing is wrong with ${names} as such, but with what ${refs.length === 1 ? 'it stands' : 'they stand'} on: ${below[0].cause}`,
    };
  }
  if (context.diagnosis.verdict === 'inconclusive') {
    return { ...common, headline: `Nothing wrong was seen with ${names}, but not everything could be looked at.` };
  }
  const resting = refs.filter((ref) => stateOfRef(context.snapshot, ref).includes('scaled to 0'));
  if (resting.length === refs.length) {
    return { ...common, headline: `${names} ${are} scaled to zero; nothing else is wrong.` };
  }
  return {
    ...common,
    headline: `Nothing is wrong with ${names}.`,
    lines: [...common.lines, ...troubleAbove(context, refs)],
  };
}

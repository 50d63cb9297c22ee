import { nothingInScope } from '../../health/scope-health.ts';
import { after, atFront } from '../condition.ts';
import type { ReadCondition, Shown } from '../condition.ts';

const resting = atFront(
  '(?:scaled (?:down|to (?:0|zero))|at (?:zero|0)|asleep|sleeping|off|at rest|(?:switched|turned|shut) (?:off|down))',
);

/** "Off", "scaled to zero": of a namespace, by what of it was put to rest, and who said so. */
export const readRest: ReadCondition = (words, { context, kinds }) => {
  const match = kinds.every((kind) => kind === 'Namespace') ? resting.exec(words) : null;
  if (match === null) return undefined;
  const notesOf = (namespace: string): readonly string[] => nothingInScope({ ...context, namespace });
  const shown: Shown = { column: 'at rest', of: ({ ref }) => notesOf(ref.name).join(' ') };
  return {
    condition: {
      said: 'with work that is scaled to zero',
      fits: ({ ref }) => notesOf(ref.name)[0]?.includes('scaled to zero') === true,
      shown,
    },
    rest: after(words, match),
  };
};

import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { stateOfRef } from '../../health/object-state.ts';
import { after, atFront } from '../condition.ts';
import type { ReadCondition, Shown } from '../condition.ts';

const finished = atFront('(?:finish|complet|succeed)(?:ed|e)?|done|through|successful|work(?:ed)?');
const failed = atFront('fail(?:ed)?');

/** How a CronJob went is how its newest Job went. */
function newestRun(snapshot: Snapshot, ref: ObjectRef): ObjectRef | undefined {
  if (ref.kind !== 'CronJob') return ref;
  const uid = snapshot.get('CronJob', ref.namespace, ref.name)?.metadata.uid;
  const [newest] = snapshot
    .ownedBy(uid ?? '')
    .filter(({ kind }) => kind === 'Job')
    .toSorted((a, b) =>
      (b.object.metadata.creationTimestamp ?? '').localeCompare(a.object.metadata.creationTimestamp ?? ''),
    );
  return newest === undefined ? undefined : refTo('Job', newest.object);
}

/** "Finished", "failed": of Jobs, and of CronJobs by their newest run. */
export const readRun: ReadCondition = (words, { context: { snapshot }, kinds }) => {
  if (!kinds.every((kind) => kind === 'Job' || kind === 'CronJob')) return undefined;
  const end = finished.exec(words);
  const match = end ?? failed.exec(words);
  if (match === null) return undefined;
  const stateOf = (ref: ObjectRef): string => {
    const run = newestRun(snapshot, ref);
    return run === undefined ? '' : stateOfRef(snapshot, run);
  };
  const shown: Shown = {
    column: 'newest run',
    of: ({ ref }) => {
      const run = newestRun(snapshot, ref);
      return run === undefined ? 'none is kept' : `${run.name}: ${stateOf(ref)}`;
    },
  };
  return {
    condition: {
      said: end === null ? 'failed' : 'finished',
      fits: ({ ref }) => (end === null ? /^failed/ : /^complete$/).test(stateOf(ref)),
      ...(kinds.includes('CronJob') ? { shown, against: shown } : {}),
      tellsCauses: true,
    },
    rest: after(words, match),
  };
};

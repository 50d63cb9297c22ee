import { areOf, counted, pluralOf } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import { controllerOf } from '../../../reading/workloads/owner.ts';
import { isStandard } from '../../naming/standard-objects.ts';
import type { Intent } from '../../intent.ts';
import { kindFromWords } from '../../naming/phrase.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';
import { usersOf } from '../../users.ts';
import { fewNames } from '../../few-names.ts';

const kindsUsed = new Set<KindName>([
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'ServiceAccount',
  'Service',
  'PersistentVolume',
  'StorageClass',
]);
const most = 40;
const note =
  'Only what objects name is seen: a program may read them through the API, and a controller may keep them for itself.';

/** Which ConfigMaps, Secrets, claims or Services nothing names. */
export const unusedObjects: Intent = {
  name: 'unused-objects',
  example: 'which config maps are unused?',
  isLoose: true,
  patterns: [
    /^(?:which|what|list|show(?: me)?|any|is any|are any|are there(?: any)?|find|how many)(?: of)?(?: the| my| our| all)? (?<kind>[a-z][a-z ]*?)(?: that)? (?:(?:are|is) )?(?<how>unused|not (?:used|claimed|mounted|bound|referenced)|not in use|orphaned|unreferenced|used by nobody|used by nothing|stale)(?: (?:by (?:anything|anyone|anybody|any pod|a pod|any claim)|anywhere|any more))?$/i,
    /^(?:which|what|list|show(?: me)?|any)?(?: the| my| our| all)? ?(?<kind>[a-z][a-z ]*?) (?:that |which )?(?:nobody|no one|nothing|no pod|no workload) (?:uses|reads|mounts|needs|references)$/i,
    /^(?:which|what|list|show(?: me)?|any|are there(?: any)?|find|how many)?(?: the| my| our| all)? ?(?:unused|orphaned|unreferenced|stale) (?<kind>[a-z][a-z ]*?)(?: (?:are there|do (?:i|we) have|exist))?$/i,
  ],
  answer: (caught, context) => {
    const isClaimed = /^not claimed$/i.test(caught('how'));
    const kind = isClaimed && /^volumes?$/i.test(caught('kind')) ? 'PersistentVolume' : kindFromWords(caught('kind'));
    if (kind === undefined || !kindsUsed.has(kind)) return undefined;
    const blind = notSeen(context, kind) ?? notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const all = inScope(context, kind)
      .filter((object) => controllerOf(object) === undefined)
      .map((object) => refTo(kind, object))
      .filter((ref) => !isStandard(ref));
    const unused = all.filter((ref) =>
      usersOf(context.snapshot, ref).every(({ user }) => refKey(user) === refKey(ref)),
    );
    const of = `of ${counted(all.length, kind, pluralOf(kind))}${scopeWords(context)}`;
    if (unused.length === 0) return { headline: `Every one ${of} is named by something.` };
    return {
      headline: `${unused.length} ${of} ${areOf(unused.length)} named by nothing that can be seen${fewNames(unused.map(refText))}.`,
      table: { columns: ['object'], rows: unused.slice(0, most).map((ref) => [refText(ref)]) },
      lines: [note, ...(unused.length > most ? [`${unused.length - most} more are left out.`] : [])],
    };
  },
};

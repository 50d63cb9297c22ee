import { isKindName, kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { controllerOf } from '../../../reading/workloads/owner.ts';
import { revisionsOf } from '../../../timeline/revision.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { agoOf, stretchIn } from '../../time-words.ts';
import { scopeWords } from '../../scope.ts';

const most = 20;
const note =
  'A cluster records the program that wrote, not the person; the audit log of its API server knows the account.';
/** They write what they are told by others. */
const controllers = /^(?:kube-controller-manager|kubelet|kube-scheduler|kube-apiserver|cloud-controller-manager)$/;

/** They write what is said about an object, not what makes a revision. */
const notesOnly = /^kubectl-(?:annotate|label)$/;

interface Write {
  readonly object: ObjectRef;
  readonly by: string;
  readonly time: string;
  readonly what: string;
}

function writesOf({ snapshot }: AskContext, ref: ObjectRef): readonly Write[] {
  if (!isKindName(ref.kind)) return [];
  const object = snapshot.get(ref.kind, ref.namespace, ref.name);
  const revisions = ref.kind === 'Deployment' ? revisionsOf(snapshot, ref) : [];
  return (object?.metadata.managers ?? [])
    .filter(
      ({ manager, subresource, time }) =>
        time !== '' && (subresource === '' || subresource === 'scale') && !controllers.test(manager),
    )
    .map(({ manager, operation, subresource, time }) => {
      const revision = revisions.find(
        ({ created, differences }) =>
          differences.length > 0 &&
          Math.abs(Date.parse(created) - Date.parse(time)) < 5_000 &&
          !notesOnly.test(manager),
      );
      return {
        object: ref,
        by: manager,
        time,
        what:
          revision === undefined
            ? `${operation}${subresource === '' ? '' : ` of ${subresource}`}`
            : revision.differences.join(', '),
      };
    });
}

/** What people write in a namespace, or anywhere: nothing that a controller made. */
function writable({ snapshot, namespace }: AskContext): readonly ObjectRef[] {
  return kindNames
    .filter((kind) => kind !== 'Event' && kind !== 'Lease' && (namespace === undefined || kinds[kind].namespaced))
    .flatMap((kind) =>
      (namespace === undefined ? snapshot.list(kind) : snapshot.listIn(kind, namespace))
        .filter((o) => controllerOf(o) === undefined)
        .map((o) => refTo(kind, o)),
    );
}

/** Who wrote X last: the program that the object itself names. */
export const whoChanged: Intent = {
  name: 'who-changed',
  example: 'who changed web?',
  patterns: [
    /^what (?:did|has|was) (?:the )?(?<manager>[\w.:/-]+) (?:last )?(?:change|changed|write|written|touch|touched|edit|edited|update|updated|modify|modified|apply|applied|deploy|deployed)(?<rest>.*)$/i,
    /^who (?:has |have |was |is |last |did |just )*(?:changed?|changing|touch(?:ed)?|edit(?:ed)?|modif(?:y|ied)|updated?|deploy(?:ed|ing)?|rolled out|patched|appl(?:y|ied)|created?|made|wrote|written|scaled?(?: down| up)?|broke|messed with|cordoned|uncordoned|drained|suspended|paused|restarted|deleted|did)\b(?: last| to)?(?<rest>.*)$/i,
  ],
  answer: (caught, context) => {
    const time = stretchIn(caught('rest'), context.snapshot.now);
    const words = (time?.rest ?? caught('rest'))
      .trim()
      .replace(/^(?:in|to|on|with|the change (?:of|to)|anything|something|what|changes?)\b\s*/i, '')
      .replace(/\b(?:last|recently|lately|in|on|to zero|down|up)$/i, '')
      .trim();
    const manager = caught('manager');
    const found = words === '' ? undefined : resolve(context, words);
    if (found !== undefined && 'reply' in found) return found.reply;
    const [first] = found?.objects ?? [];
    const scope: AskContext = first?.kind === 'Namespace' ? { ...context, namespace: first.name } : context;
    const refs = found === undefined || first?.kind === 'Namespace' ? writable(scope) : found.objects;
    const all = refs
      .flatMap((ref) => writesOf(context, ref))
      .filter(({ by }) => manager === '' || by === manager)
      .toSorted(
        (a, b) =>
          Date.parse(b.time) - Date.parse(a.time) || Number(notesOnly.test(a.by)) - Number(notesOnly.test(b.by)),
      );
    const writes = all.filter(
      (write) => time === undefined || (Date.parse(write.time) >= time.from && Date.parse(write.time) <= time.until),
    );
    const names =
      found === undefined || first?.kind === 'Namespace' ? `anything${scopeWords(scope)}` : namesOf(found.objects);
    const objects = [...(found?.objects ?? [])];
    const [newest] = writes;
    if (manager !== '' && all.length === 0) return undefined;
    const last = all[0];
    if (newest === undefined) {
      const before =
        last === undefined
          ? []
          : [`The last that can be seen: ${refText(last.object)} by ${last.by}, ${agoOf(context, last.time)}.`];
      return {
        headline: `Nobody that can be seen wrote ${names}${time === undefined ? '' : ` ${time.words}`}.`,
        lines: [...before, note],
        objects,
      };
    }
    const rows = writes
      .slice(0, most)
      .map((write) => [agoOf(context, write.time), refText(write.object), write.by, write.what]);
    return {
      headline: `${refText(newest.object)} was written last by ${newest.by}, ${agoOf(context, newest.time)}${newest.what.startsWith('Update') || newest.what.startsWith('Apply') ? '' : `: ${newest.what}`}.`,
      table: { columns: ['when', 'object', 'by', 'what'], rows },
      lines: [note],
      objects,
    };
  },
};

import { counted } from '@autodevops/domain/count-words';
import { refByName, refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { graphOf } from '../../../graph/graph.ts';
import { entrances } from '../../entrances.ts';
import { imageUsersReply } from '../../images-reply.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { readPhrase } from '../../naming/phrase.ts';
import { isNamed } from '../../naming/exact-name.ts';
import { resolve } from '../../naming/resolve.ts';
import { usersOf } from '../../users.ts';

/** Kinds whose users no graph knows: who names them is a field of theirs. */
const untold: ReadonlySet<string> = new Set(['IngressClass', 'GatewayClass', 'PriorityClass']);

function answerFor(context: AskContext, targets: readonly ObjectRef[], note: string): Reply {
  const own = new Set(targets.map(refKey));
  const users = entrances(context.snapshot, targets)
    .flatMap((target) =>
      usersOf(context.snapshot, target)
        .filter((use) => own.has(refKey(target)) || !own.has(refKey(use.user)))
        .map((use) => ({ ...use, target })),
    )
    .filter((use) => !use.how.startsWith('selects'));
  const objects = [...targets];
  if (users.length === 0) return { headline: `${note}Nothing that can be seen uses ${namesOf(targets)}.`, objects };
  const count = new Set(users.map((use) => refKey(use.user))).size;
  const one = new Set(users.map((use) => refKey(use.target))).size === 1;
  const columns = one ? ['who', 'how'] : ['who', 'how', 'what'];
  const rows = users.map(({ user, how, target }) =>
    one ? [refText(user), how] : [refText(user), how, refText(target)],
  );
  return {
    headline: `${note}${counted(count, 'object uses', 'objects use')} ${namesOf(targets)}.`,
    table: { columns, rows },
    objects,
  };
}

/** What is referred to but does not exist: who wants it is the more interesting. */
function missingTargets(context: AskContext, words: string): readonly ObjectRef[] {
  const phrase = readPhrase(words);
  if (phrase?.kind === undefined) return [];
  const { kind, name } = phrase;
  const namespace = phrase.namespace ?? context.namespace;
  const wanted = graphOf(context.snapshot).edges.filter(
    (e) => e.to.kind === kind && e.to.name === name && (namespace === undefined || e.to.namespace === namespace),
  );
  const spaces = [...new Set(wanted.map((e) => e.to.namespace))].filter((space) =>
    context.snapshot.lacks(kind, space, name),
  );
  return spaces.map((space) => refByName(kind, space, name));
}

/** Who uses config map Z: configuration, volumes, accounts, Services, nodes, classes. */
export const usersOfObject: Intent = {
  name: 'users-of',
  example: 'who uses config map settings?',
  patterns: [
    /^(?:does|do) (?:anything|anyone|anybody|something|any pods?|any workloads?) (?:still )?(?:use|mount|read|reference|need|depend on|rely on) (?:the )?(?<object>.+)$/i,
    /^(?:who|what|which [\w ]+?|list (?:who|what)|show (?:who|what))(?: all)? (?:uses?|is using|are using|mounts?|is mounting|reads?|references?|consumes?|is consuming|are consuming|is reading|is referencing|needs?|requires?|depends? on|is depending on|relies on|rely on)(?: the)? (?<object>.+)$/i,
    /^(?:users|consumers|dependents) of (?<object>.+)$/i,
    /^(?:where|by whom|by what) is (?:the )?(?<object>.+?) (?:used|mounted|referenced|read)$/i,
    /^is (?<object>.+?) (?:used|mounted|referenced|in use)(?: by (?:anyone|anything|someone|something))?(?: anywhere)?$/i,
  ],
  answer: (caught, context) => {
    if (/^images? /i.test(caught('object'))) return undefined;
    const image = isNamed(context, caught('object')) ? undefined : imageUsersReply(context, caught('object'));
    if (image !== undefined) return image;
    const found = resolve(context, caught('object'));
    if ('objects' in found) {
      return found.objects.some(({ kind }) => untold.has(kind)) ? undefined : answerFor(context, found.objects, '');
    }
    const missing = missingTargets(context, caught('object'));
    return missing.length === 0 ? found.reply : answerFor(context, missing, `${namesOf(missing)} does not exist. `);
  },
};

import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { pod as podShape } from '@autodevops/domain/kubernetes/pod';
import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { refByName, refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Edge } from '../../graph/edge.ts';
import { graphOf } from '../../graph/graph.ts';
import { podEdges } from '../../graph/pod-edges.ts';
import { topOwner } from '../../reading/owner.ts';
import { entrances } from '../entrances.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { namesOf } from '../health.ts';
import { readPhrase } from '../phrase.ts';
import { resolve } from '../resolve.ts';
import { counted } from '../words.ts';

/** A workload's template leans on things even where no pod of it runs. */
function templateEdges(snapshot: Snapshot): readonly Edge[] {
  const edgesOf = (kind: KindName, object: { readonly metadata: Metadata }, template: PodTemplate): readonly Edge[] => {
    const standIn = { ...podShape.read({}), metadata: object.metadata, spec: template.spec };
    return podEdges(snapshot, standIn).map((edge) => ({ ...edge, from: refTo(kind, object) }));
  };
  return [
    ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).flatMap((kind) => snapshot.list(kind).flatMap((o) => edgesOf(kind, o, o.spec.template))),
    ...snapshot.list('CronJob').flatMap((o) => edgesOf('CronJob', o, o.spec.jobTemplate.spec.template)),
  ];
}

function topOf(snapshot: Snapshot, ref: ObjectRef): ObjectRef {
  if (!isKindName(ref.kind)) return ref;
  const object = snapshot.get(ref.kind, ref.namespace, ref.name);
  return object === undefined ? ref : topOwner(snapshot, ref.kind, object);
}

/** Who leans on an object, by workload rather than by pod, and through what. */
export function usersOf(snapshot: Snapshot, target: ObjectRef): readonly { user: ObjectRef; how: string }[] {
  const key = refKey(target);
  const edges = [...graphOf(snapshot).to(key), ...templateEdges(snapshot).filter((edge) => refKey(edge.to) === key)];
  const found = new Map<string, { user: ObjectRef; how: string }>();
  for (const edge of edges) {
    if (edge.verb === 'owns') continue;
    const user = topOf(snapshot, edge.from);
    const how = edge.detail === '' ? edge.verb : `${edge.verb} (${edge.detail})`;
    found.set(`${refKey(user)}|${how}`, { user, how });
  }
  return [...found.values()].toSorted((a, b) => refText(a.user).localeCompare(refText(b.user)) || a.how.localeCompare(b.how));
}

function answerFor(context: AskContext, targets: readonly ObjectRef[], note: string): Reply {
  const own = new Set(targets.map(refKey));
  const users = entrances(context.snapshot, targets).flatMap((target) =>
    usersOf(context.snapshot, target).filter((use) => own.has(refKey(target)) || !own.has(refKey(use.user))).map((use) => ({ ...use, target })),
  ).filter((use) => !use.how.startsWith('selects'));
  const objects = [...targets];
  if (users.length === 0) return { headline: `${note}Nothing that can be seen uses ${namesOf(targets)}.`, objects };
  const count = new Set(users.map((use) => refKey(use.user))).size;
  const one = new Set(users.map((use) => refKey(use.target))).size === 1;
  const columns = one ? ['who', 'how'] : ['who', 'how', 'what'];
  const rows = users.map(({ user, how, target }) => (one ? [refText(user), how] : [refText(user), how, refText(target)]));
  return { headline: `${note}${counted(count, 'object uses', 'objects use')} ${namesOf(targets)}.`, table: { columns, rows }, objects };
}

/** What is referred to but does not exist: who wants it is the more interesting. */
function missingTargets(context: AskContext, words: string): readonly ObjectRef[] {
  const phrase = readPhrase(words);
  if (phrase?.kind === undefined) return [];
  const { kind, name } = phrase;
  const namespace = phrase.namespace ?? context.namespace;
  const wanted = graphOf(context.snapshot).edges.filter((e) => e.to.kind === kind && e.to.name === name && (namespace === undefined || e.to.namespace === namespace));
  const spaces = [...new Set(wanted.map((e) => e.to.namespace))].filter((space) => context.snapshot.lacks(kind, space, name));
  return spaces.map((space) => refByName(kind, space, name));
}

/** Who uses config map Z: configuration, volumes, accounts, Services, nodes, classes. */
export const usersOfObject: Intent = {
  name: 'users-of',
  example: 'who uses config map settings?',
  patterns: [
    /^(?:who|what|which [\w ]+?|list (?:who|what)|show (?:who|what))(?: all)? (?:uses?|is using|are using|mounts?|is mounting|reads?|references?|consumes?|needs?|requires?|depends? on|is depending on|relies on|rely on)(?: the)? (?<object>.+)$/i,
    /^(?:users|consumers|dependents) of (?<object>.+)$/i,
    /^(?:where|by whom|by what) is (?<object>.+?) (?:used|mounted|referenced|read)$/i,
    /^is (?<object>.+?) (?:used|mounted|referenced|in use)(?: by (?:anyone|anything|someone|something))?(?: anywhere)?$/i,
  ],
  answer: (caught, context) => {
    if (/^images? /i.test(caught('object'))) return undefined;
    const found = resolve(context, caught('object'));
    if ('objects' in found) return answerFor(context, found.objects, '');
    const missing = missingTargets(context, caught('object'));
    return missing.length === 0 ? found.reply : answerFor(context, missing, `${namesOf(missing)} does not exist. `);
  },
};

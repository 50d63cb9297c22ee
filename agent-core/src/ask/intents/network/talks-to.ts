import { counted, listed } from '@autodevops/domain/count-words';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podHostReferences, serviceOfHost } from '../../../reading/network/host-references.ts';
import type { Edge } from '../../../graph/edge.ts';
import { graphOf, ownedTree } from '../../../graph/graph.ts';
import { entrances } from '../../entrances.ts';
import { namesOf } from '../../naming/names.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { resolve } from '../../naming/resolve.ts';
import { isStandard } from '../../naming/standard-objects.ts';
import { usersOf } from '../../users.ts';

const note = 'This is what their configuration says; the traffic itself is not seen.';

function callers(context: AskContext, refs: readonly ObjectRef[]): Reply {
  const { snapshot } = context;
  const rows = entrances(snapshot, refs).flatMap((target) =>
    usersOf(snapshot, target)
      .filter(({ how }) => how.startsWith('calls') || how.startsWith('routes to'))
      .map(({ user, how }) => [refText(user), how, refText(target)]),
  );
  const objects = [...refs];
  if (rows.length === 0) {
    return {
      headline: `No configuration that can be seen names ${namesOf(refs)} or a Service in front of it.`,
      lines: [note],
      objects,
    };
  }
  return {
    headline: `${counted(new Set(rows.map((r) => r[0])).size, 'object talks', 'objects talk')} to ${namesOf(refs)}.`,
    table: { columns: ['who', 'how', 'through'], rows },
    lines: [note],
    objects,
  };
}

/** Hosts that the configuration of a pod names and that are no Service here. */
function hostsOutside(snapshot: Snapshot, { kind, namespace, name }: ObjectRef): readonly string[] {
  const pod = kind === 'Pod' ? snapshot.get('Pod', namespace, name) : undefined;
  return pod === undefined
    ? []
    : podHostReferences(snapshot, pod)
        .filter(({ host }) => host.includes('.') && serviceOfHost(snapshot, host, namespace) === undefined)
        .map(({ host, port }) => `${host}${port === undefined ? '' : `:${port}`}`);
}

function called(context: AskContext, refs: readonly ObjectRef[]): Reply {
  const { snapshot } = context;
  const own = refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]);
  const inside = new Set(own.map(refKey));
  const found = new Map<string, { readonly edge: Edge; readonly details: ReadonlySet<string> }>();
  for (const edge of own.flatMap((ref) => graphOf(snapshot).from(refKey(ref)))) {
    if (inside.has(refKey(edge.to)) || edge.verb === 'runs on' || edge.verb === 'guards') continue;
    if (isStandard(edge.to)) continue;
    const key = `${refKey(edge.to)}|${edge.verb}`;
    found.set(key, {
      edge,
      details: new Set([...(found.get(key)?.details ?? []), ...(edge.detail === '' ? [] : [edge.detail])]),
    });
  }
  const outside = own.flatMap((ref) => hostsOutside(snapshot, ref));
  const rows = [...found.values()]
    .map(({ edge: { to, verb }, details }) => [
      refText(to),
      details.size === 0 ? verb : `${verb} (${listed([...details])})`,
      stateOfRef(snapshot, to),
    ])
    .concat([...new Set(outside)].map((host) => [host, 'names (not in this cluster)', '']))
    .toSorted((a, b) => (a[1] ?? '').localeCompare(b[1] ?? '') || (a[0] ?? '').localeCompare(b[0] ?? ''));
  if (rows.length === 0) return { headline: `${namesOf(refs)} leans on nothing that can be seen.`, objects: [...refs] };
  return {
    headline: `${namesOf(refs)} leans on ${counted(rows.length, 'thing')}.`,
    table: { columns: ['what', 'how', 'state'], rows },
    lines: [note],
    objects: [...refs],
  };
}

/** What talks to X; what X talks to. */
export const talksTo: Intent = {
  name: 'talks-to',
  example: 'what talks to db?',
  patterns: [
    /^(?:who|what|which [\w ]+?)(?: all)? (?:talks?|speaks?|connects?|is talking|are talking|is connecting|is connected|sends? (?:traffic|requests)|goes)(?: to| with) (?<object>.+)$/i,
    /^(?:who|what|which [\w ]+?) (?:calls?|is calling|reaches|accesses|hits) (?<object>.+)$/i,
    /^(?:show(?: me)? |list )?(?:everything|all|whatever) (?:that |which )?(?:talks|connects) to (?<object>.+)$/i,
    /^(?:callers|clients) of (?<object>.+)$/i,
    /^(?:who|(?:what|which)(?: [\w ]+?)?) (?:does|do|is|are) (?<from>.+?) (?:talk(?:ing)? to|call(?:ing)?|connect(?:ing|ed)? to|depend(?:ing|ent)? (?:up)?on|need|use|using|rely(?:ing)? on|reach|lean on|require)$/i,
    /^dependencies of (?<from>.+)$/i,
  ],
  answer: (caught, context) => {
    const outgoing = caught('from');
    const found = resolve(context, outgoing === '' ? caught('object') : outgoing);
    if ('reply' in found) return found.reply;
    // What is in a namespace uses things; the namespace itself uses none.
    if (found.objects.every(({ kind }) => kind === 'Namespace')) return undefined;
    return outgoing === '' ? callers(context, found.objects) : called(context, found.objects);
  },
};

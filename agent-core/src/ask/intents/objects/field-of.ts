import { listed, pluralOf } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { directlyUsedBy, graphOf, ownedTree } from '../../../graph/graph.ts';
import { entrances } from '../../entrances.ts';
import { kindsCalled } from '../../fields/asked-kinds.ts';
import { fieldsCalled } from '../../fields/catalogue.ts';
import type { Field } from '../../fields/field.ts';
import { toldBy } from '../../fields/told.ts';
import type { Told } from '../../fields/told.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { distinct, namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

const most = 40;

interface ToldField extends Told {
  readonly field: Field;
}

function told(snapshot: Snapshot, called: readonly Field[], ref: ObjectRef): readonly ToldField[] {
  return called
    .flatMap((field) => {
      const one = toldBy(snapshot, field, ref);
      return one === undefined ? [] : [{ ...one, field }];
    })
    .slice(0, 1);
}

/** What belongs to an object and may have the field where it has none itself: its Services, pods, nodes, claims. */
function around({ snapshot }: AskContext, refs: readonly ObjectRef[]): readonly ObjectRef[] {
  const own = refs.flatMap((ref) => ownedTree(snapshot, ref));
  const nodes = [...refs, ...own].flatMap((ref) =>
    graphOf(snapshot)
      .from(refKey(ref))
      .filter(({ verb }) => verb === 'runs on')
      .map(({ to }) => to),
  );
  return distinct([
    ...entrances(snapshot, refs),
    ...own,
    ...[...refs, ...own].flatMap((ref) => directlyUsedBy(snapshot, ref)).filter(({ kind }) => kind !== 'Node'),
    ...nodes,
  ]).filter(({ kind }) => kind !== 'ReplicaSet');
}

function toldAround(context: AskContext, called: readonly Field[], refs: readonly ObjectRef[]): readonly ToldField[] {
  const own = refs.flatMap((ref) => told(context.snapshot, called, ref));
  if (own.length > 0) return own;
  const others = around(context, refs)
    .flatMap((ref) => told(context.snapshot, called, ref))
    .filter(({ values }) => values.length > 0);
  const [first] = others;
  return others.filter(({ ref }) => ref.kind === first?.ref.kind);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Words that are no name: another question was read wrongly. */
const noName =
  /^(?:no|not|any|all|the most|most|least|nothing|anything|everything|set|used|there|here|total|different|use|place|common)\b/i;

function ofObjects(context: AskContext, called: readonly Field[], words: string): Reply | undefined {
  if (noName.test(words) || fieldsCalled(words).length > 0) return undefined;
  const found = resolve(context, words);
  if ('reply' in found) return found.reply;
  const all = toldAround(context, called, found.objects);
  const [first] = all;
  if (first === undefined) return undefined;
  const objects = [...found.objects];
  if (all.length > 1) {
    return {
      headline: `${capital(first.field.said)} of ${namesOf(all.map(({ ref }) => ref))}.`,
      table: {
        columns: ['object', first.field.said],
        rows: all.slice(0, most).map(({ ref, values }) => [refText(ref), listed(values, 12) || '-']),
      },
      objects,
    };
  }
  const { ref, field, values } = first;
  if (values.length === 0) return { headline: `${refText(ref)} has no ${field.said}.`, objects };
  return {
    headline: `${capital(values.length === 1 ? field.said : pluralOf(field.said))} of ${refText(ref)}: ${listed(values, 12)}.`,
    objects,
  };
}

/** "The taints of all nodes", "sizes of the claims": each with its own. */
function ofKinds(context: AskContext, called: readonly Field[], kinds: readonly KindName[]): Reply | undefined {
  const all = kinds.flatMap((kind) =>
    inScope(context, kind).flatMap((object) => told(context.snapshot, called, refTo(kind, object))),
  );
  const [first] = all;
  const [kind] = kinds;
  if (first === undefined || kind === undefined) return undefined;
  const set = all.filter(({ values }) => values.length > 0);
  const values = [...new Set(set.flatMap((one) => one.values))];
  const of = `of ${all.length} ${pluralOf(kinds.length === 1 ? kind : 'object')}${scopeWords(context)}`;
  const headline =
    set.length === 0
      ? `None ${of} has a ${first.field.said}.`
      : `${capital(values.length === 1 ? first.field.said : pluralOf(first.field.said))} ${of}: ${listed(values, 6)}${set.length === all.length ? '' : ` (${all.length - set.length} without)`}.`;
  return (
    notSeen(context, kind) ?? {
      headline,
      table: {
        columns: ['object', first.field.said],
        rows: set.slice(0, most).map((one) => [refText(one.ref), listed(one.values, 6)]),
      },
      lines: set.length > most ? [`${set.length - most} more are left out.`] : [],
    }
  );
}

/** What people do with a field in place of its name. */
const actions: ReadonlyMap<string, string> = new Map([
  ['tolerate', 'tolerations'],
  ['run as', 'user'],
  ['mount', 'volumes'],
  ['size', 'size'],
]);

/** One thing that an object says of itself, or that every object of a kind does. */
export const fieldOf: Intent = {
  name: 'field-of',
  example: 'which labels does web have?',
  isLoose: true,
  patterns: [
    /^(?:what (?:is|are|was|were)|which (?:is|are)|show(?: me)?|list|get|give me|print|tell me)? ?(?:all )?(?:the )?(?:exact |current )?(?<field>[\w/ -]+?) (?:of|for|on|in|from|behind) (?:the )?(?<object>.+)$/i,
    /^(?:what|which|whose) (?<field>[\w/ -]+?) (?:does|do|did|is|are|has|have|can) (?:(?:set )?(?:on|in|at|of|for) )?(?<object>.+?)(?: (?:have|has|having|use|uses|using|used|run|runs|running|run as|need|carry|get|got|set|want|ask for|request|declare|declared|tolerate|bound to|belong to|on|in|with|as|of|for|live in|sit in|listen on|serve|serves|route|routes|at))*$/i,
    /^(?!.* (?:use|uses|using|used|consume|consumes|eat|eats)$)how (?:much|many) (?<field>cpus?|cores?|memory|ram|disk(?: space)?|storage|evictions|disruptions|keys|ports|labels|taints|rules|containers|volumes) (?:has|have|does|do|is|are) (?:the )?(?<object>.+?)(?: (?:have|has|on|in|there|allow))?$/i,
    /^how (?<size>big|large) (?:is|are) (?<object>.+?)(?: (?:disk|volume|now))?$/i,
    /^(?:what|whats) does (?<object>.+?) (?<field>tolerate|run as|mount)$/i,
    /^(?:is there|are there)(?: any| an?| some)? (?<isField>[\w/ -]+?) (?:on|for|in|of) (?:the )?(?<object>.+)$/i,
    /^(?:does|do|has|have|is|are) (?<object>.+?) (?:have|has|having|got|use|uses|using|with|set|run|runs|define|defines)(?: any| an?| the| some)? (?<isField>[\w/ -]+)$/i,
    /^(?<object>[\w./-]*[\w./-]) (?<bare>[a-z][\w -]+)$/i,
  ],
  answer: (caught, context) => {
    const words =
      ['field', 'isField', 'bare'].map(caught).find((text) => text !== '') ?? (caught('size') === '' ? '' : 'size');
    const called = fieldsCalled(actions.get(words.toLowerCase()) ?? words);
    if (called.length === 0) return undefined;
    // "The api service" is one Service, whatever kinds there are; "the services", "every service" are all.
    const isAll =
      /s$|^(?:all|every|each|any) /i.test(caught('object')) ||
      kindsCalled(caught('object').replace(/^the /i, '')).length > 0;
    const kinds = isAll
      ? kindsCalled(caught('object').replace(/^(?:all the|all of the|the|all|every|each|any|my|our) /i, ''))
      : [];
    const reply = kinds.length > 0 ? ofKinds(context, called, kinds) : ofObjects(context, called, caught('object'));
    // "Which nodes are cordoned" asks for no node of something called so.
    const isAsked = caught('field') !== '' && kindsCalled(words).length === 0;
    if (reply?.outcome !== undefined && reply.outcome !== 'answered' && !isAsked) return undefined;
    return reply === undefined || caught('isField') === ''
      ? reply
      : { ...reply, headline: `${/^None | has no /.test(reply.headline) ? 'No' : 'Yes'}: ${reply.headline}` };
  },
};

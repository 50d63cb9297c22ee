import { counted, listed } from '@autodevops/domain/count-words';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { variablesOf } from '../../environment.ts';
import { fields } from '../../fields/catalogue.ts';
import { toldBy } from '../../fields/told.ts';
import { causesIn, concernedBy } from '../../health/health.ts';
import { stateOfRef } from '../../health/object-state.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import { templatesOf } from '../../templates-of.ts';

const most = 40;
/** Longer values are for the table. */
const shortest = 90;
/** They differ between any two objects. */
const ownToEach = new Set([
  'uid',
  'creation time',
  'IP',
  'cluster IP',
  'label',
  'annotation',
  'selector',
  'workload',
  'node',
  'container',
  'revision',
  'restart',
  'last success',
]);

type Row = readonly [what: string, one: string, other: string];

/** Settings of containers that no field tells: environment variables, by name. */
function environmentOf({ snapshot }: AskContext, ref: ObjectRef): ReadonlyMap<string, string> {
  return new Map(
    variablesOf(snapshot, templatesOf(snapshot, [ref])).map(({ name, value, from }) => [
      name,
      [value, from].filter((part) => part !== '').join(', '),
    ]),
  );
}

function differences(context: AskContext, one: ObjectRef, other: ObjectRef): readonly Row[] {
  const told = fields
    .filter(({ said }) => !ownToEach.has(said))
    .flatMap((field): readonly Row[] => {
      const [a, b] = [one, other].map((ref) => toldBy(context.snapshot, field, ref));
      if (a === undefined || b === undefined) return [];
      const [x, y] = [listed(a.values.toSorted(), 8), listed(b.values.toSorted(), 8)];
      return x === y ? [] : [[field.said, x || '-', y || '-']];
    });
  const [a, b] = [environmentOf(context, one), environmentOf(context, other)];
  const variables = [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => a.get(name) !== b.get(name))
    .map((name): Row => [`variable ${name}`, a.get(name) ?? '-', b.get(name) ?? '-']);
  const states: Row = ['state', stateOfRef(context.snapshot, one), stateOfRef(context.snapshot, other)];
  return [...(states[1] === states[2] ? [] : [states]), ...told, ...variables];
}

function healthText(context: AskContext, ref: ObjectRef): string {
  const { own, below } = concernedBy(context, [ref]);
  const [cause] = [...own, ...below];
  return `${refText(ref)}: ${stateOfRef(context.snapshot, ref)}${cause === undefined ? '' : `; ${cause.cause}`}`;
}

function ofObjects(context: AskContext, one: ObjectRef, other: ObjectRef): Reply {
  const rows = differences(context, one, other);
  const objects = [one, other];
  const { own, below } = concernedBy(context, objects);
  const causes = [...own, ...below];
  const lines = [healthText(context, one), healthText(context, other)].map((text) =>
    /[.!?]$/.test(text) ? text : `${text}.`,
  );
  if (rows.length === 0) {
    return {
      headline: `${refText(one)} and ${refText(other)} say the same of themselves, as far as is seen.`,
      lines,
      objects,
      causes,
    };
  }
  const told = rows
    .filter(([, a, b]) => a.length + b.length < shortest)
    .slice(0, 3)
    .map(([what, a, b]) => `${what} (${a}; ${b})`);
  return {
    headline: `${refText(one)} and ${refText(other)} differ in ${counted(rows.length, 'thing')}${told.length === 0 ? '' : `: ${listed(told)}`}.`,
    table: { columns: ['what', refText(one), refText(other)], rows: rows.slice(0, most).map((row) => [...row]) },
    lines,
    objects,
    causes,
  };
}

const compared = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
] as const;

function contentOf({ snapshot }: AskContext, namespace: string): ReadonlyMap<string, ObjectRef> {
  return new Map(
    compared.flatMap((kind) =>
      snapshot
        .listIn(kind, namespace)
        .map((object): [string, ObjectRef] => [`${kind} ${object.metadata.name}`, refTo(kind, object)]),
    ),
  );
}

function namesText(names: readonly string[], where: string): readonly string[] {
  return names.length === 0 ? [] : [`Only in ${where}: ${listed(names, 8)}.`];
}

function ofNamespaces(context: AskContext, one: string, other: string): Reply {
  const [a, b] = [contentOf(context, one), contentOf(context, other)];
  const only = (mine: typeof a, theirs: typeof a): readonly string[] =>
    [...mine.keys()].filter((key) => !theirs.has(key));
  const shared = [...a].flatMap(([key, ref]): readonly (readonly [string, ObjectRef, ObjectRef])[] => {
    const same = b.get(key);
    return same === undefined ? [] : [[key, ref, same]];
  });
  const rows = shared.flatMap(([key, ref, same]) =>
    differences(context, ref, same).map(([what, x, y]) => [key, what, x, y]),
  );
  const troubles = [one, other].map(
    (namespace) => `${counted(causesIn(context, namespace).length, 'problem')} in ${namespace}`,
  );
  const [missing, extra] = [only(a, b), only(b, a)];
  return {
    headline: `${one} and ${other}: ${listed(troubles)}; ${counted(missing.length, 'object')} only in ${one}, ${extra.length} only in ${other}, ${counted(rows.length, 'difference')} in what both have.`,
    ...(rows.length === 0 ? {} : { table: { columns: ['object', 'what', one, other], rows: rows.slice(0, most) } }),
    lines: [...namesText(missing, one), ...namesText(extra, other)],
    causes: [...causesIn(context, one), ...causesIn(context, other)],
  };
}

function plain(words: string): string {
  return words
    .replace(/^(?:the |namespaces? |ns |between )+/i, '')
    .replace(/ (?:namespaces?|ns)$/i, '')
    .trim();
}

function isNamespace({ snapshot }: AskContext, words: string): boolean {
  return snapshot.get('Namespace', '', plain(words)) !== undefined;
}

/** The same name in two namespaces: "web in prod and in staging". */
function inBoth(context: AskContext, words: string, one: string, other: string): Reply | undefined {
  const found = [one, other].map((namespace) => resolve({ ...context, namespace: plain(namespace) }, words));
  const [a, b] = found;
  if (a === undefined || b === undefined) return undefined;
  if ('reply' in a) return a.reply;
  if ('reply' in b) return b.reply;
  const same = b.objects.find(({ kind }) => kind === a.objects[0].kind) ?? b.objects[0];
  return refKey(a.objects[0]) === refKey(same) ? undefined : ofObjects(context, a.objects[0], same);
}

/** The same where both are namespaces; else which of them is none. */
function inPlaces(context: AskContext, object: string, one: string, other: string): Reply {
  const missing = [one, other].map(plain).filter((name) => !isNamespace(context, name));
  const reply = missing.length === 0 ? inBoth(context, object, one, other) : undefined;
  if (missing.length > 0) {
    return {
      outcome: 'no-such-name',
      headline: `There is no namespace ${missing.map((name) => `"${name}"`).join(' or ')}, so "${object}" cannot be compared.`,
      suggestions: context.snapshot
        .list('Namespace')
        .slice(0, 5)
        .map(({ metadata }) => `namespace ${metadata.name}`),
    };
  }
  return reply ?? { outcome: 'no-such-name', headline: `"${object}" is one and the same in ${listed([one, other])}.` };
}

/** What sets two objects, or two namespaces, apart. */
export const comparison: Intent = {
  name: 'comparison',
  example: 'what is different between web and api?',
  patterns: [
    /^(?:why|how come) (?:does|do|is|are) (?<object>.+?) (?:work\w*|run\w*|ok|okay|fine|healthy|up|ready|good) (?:well |fine )?in (?<one>[\w.-]+),? (?:but|and|yet|while) (?:it (?:does|is) )?(?:is |does )?(?:not|fails?|failing|broken|crash\w*|down)(?: \w+)? in (?<other>[\w.-]+)$/i,
    /^(?:what (?:is|are) )?(?:the )?(?:different|differences?|diff) (?:between |in |for )?(?<object>.+?) in (?<one>[\w.-]+) (?:and|vs\.?|versus|to|from|compared (?:to|with))(?: \S+)? in (?<other>[\w.-]+)$/i,
    /^(?:compare )?(?:the )?(?:\w+ ){1,2}of (?<object>\S+) in (?<one>[\w.-]+) (?:vs\.?|versus|compared (?:to|with)|against|and)(?: in)? (?<other>[\w.-]+)$/i,
    /^are (?<one>[\w.-]+) and (?<other>[\w.-]+) running the same (?:version|image|tag|release)s? of (?<object>\S+)$/i,
    /^compare (?<object>.+?) (?:in|between|across) (?<one>[\w.-]+) (?:and|with|to|vs\.?|against)(?: in)? (?<other>[\w.-]+)$/i,
    /^(?:compare|diff) (?<one>.+?) (?:and|with|to|vs\.?|versus|against) (?<other>.+)$/i,
    /^(?:what (?:is|are) |show(?: me)? |list )?(?:the )?(?:biggest |main |most important |only |key )?(?:different|differs?|differences?|diff) (?:between|of) (?<one>.+?) (?:and|vs\.?|versus|to) (?<other>.+)$/i,
    /^what (?:sets|makes|keeps) (?<one>.+?) (?:apart|different) from (?<other>.+)$/i,
    /^(?:how|in what) (?:do|does|is|are) (?<one>.+?) (?:differ|differs|different)(?: from)? (?<other>.+)$/i,
  ],
  answer: (caught, context) => {
    const [object, one, other] = ['object', 'one', 'other'].map(caught);
    if (one === undefined || other === undefined) return undefined;
    if (object !== undefined && object !== '') return inPlaces(context, object, one, other);
    if (isNamespace(context, one) && isNamespace(context, other)) {
      return ofNamespaces(context, plain(one), plain(other));
    }
    const [a, b] = [resolve(context, plain(one)), resolve(context, plain(other))];
    if ('reply' in a) return a.reply;
    if ('reply' in b) return b.reply;
    const [first] = a.objects;
    const second =
      b.objects.find(({ kind, namespace }) => kind === first.kind && namespace === first.namespace) ??
      b.objects.find(({ kind }) => kind === first.kind) ??
      b.objects[0];
    return isKindName(first.kind) && isKindName(second.kind) && refKey(first) !== refKey(second)
      ? ofObjects(context, first, second)
      : undefined;
  },
};

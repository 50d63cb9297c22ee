import { areOf, listed } from '@autodevops/domain/count-words';
import { refTo } from '@autodevops/domain/object-ref';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { fields } from '../../fields/catalogue.ts';
import { toldBy } from '../../fields/told.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { kindFromWords } from '../../naming/phrase.ts';
import { notSeen } from '../../scope.ts';

const classes: readonly KindName[] = ['StorageClass', 'IngressClass'];

function defaultsOf({ snapshot }: AskContext, kind: KindName): readonly string[] {
  const field = fields.find(({ said }) => said === 'default');
  return snapshot
    .list(kind)
    .map((object) => refTo(kind, object))
    .filter((ref) => field !== undefined && toldBy(snapshot, field, ref)?.values.includes('yes') === true)
    .map(({ name }) => name);
}

function replyOf(context: AskContext, kind: KindName, name: string): Reply {
  const defaults = defaultsOf(context, kind);
  const is =
    defaults.length === 0 ? `No ${kind} is the default` : `${listed(defaults)} ${areOf(defaults.length)} the default`;
  if (name === '') return { headline: `${is}.` };
  const object = context.snapshot.get(kind, '', name);
  if (object === undefined) {
    return {
      outcome: 'no-such-name',
      headline: `There is no ${kind} "${name}". ${is}.`,
      suggestions: context.snapshot.list(kind).map(({ metadata }) => `${kind} ${metadata.name}`),
    };
  }
  return {
    headline: defaults.includes(name) ? `Yes: ${kind} ${name} is the default.` : `No: ${is}, not ${name}.`,
    objects: [refTo(kind, object)],
  };
}

/** Whether a class is the one that is taken where none is named, and which is. */
export const isDefault: Intent = {
  name: 'is-default',
  example: 'is gp3 the default storage class?',
  patterns: [
    /^is (?:the )?(?<name>[\w.-]+) (?:the |our |a )?default(?: (?<kind>storage ?class|sc|ingress ?class|class))?$/i,
    /^is (?:the )?(?<kind>storage ?class|sc|ingress ?class) (?<name>[\w.-]+) (?:the |our |a )?default(?: one)?$/i,
    /^(?:which|what)(?: (?<kind>storage ?class|sc|ingress ?class))? is (?:the |our |set as )*default(?: (?<called>storage ?class|sc|ingress ?class))?$/i,
    /^(?:what is |show(?: me)? )?(?:the |our )?default (?<kind>storage ?class|sc|ingress ?class)$/i,
  ],
  answer: (caught, context) => {
    const words = `${caught('kind')}${caught('called')}`;
    const name = caught('name');
    const named =
      words === '' || words === 'class'
        ? classes.find((kind) => context.snapshot.get(kind, '', name) !== undefined)
        : kindFromWords(words);
    return named === undefined ? undefined : (notSeen(context, named) ?? replyOf(context, named, name));
  },
};

import { kindFromWord } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';

/** How a person named something: `the web deployment`, `cm/settings`, `shop/web`, `config map settings`. */
export interface Phrase {
  readonly kind: KindName | undefined;
  readonly namespace: string | undefined;
  readonly name: string;
}

const synonyms: ReadonlyMap<string, KindName> = new Map<string, KindName>(
  Object.entries({
    volumeclaim: 'PersistentVolumeClaim',
    claim: 'PersistentVolumeClaim',
    claims: 'PersistentVolumeClaim',
    autoscaler: 'HorizontalPodAutoscaler',
    autoscalers: 'HorizontalPodAutoscaler',
    netpol: 'NetworkPolicy',
    disruptionbudget: 'PodDisruptionBudget',
    disruptionbudgets: 'PodDisruptionBudget',
    budget: 'PodDisruptionBudget',
    budgets: 'PodDisruptionBudget',
    volume: 'PersistentVolumeClaim',
    volumes: 'PersistentVolumeClaim',
    machine: 'Node',
    machines: 'Node',
    route: 'HTTPRoute',
    routes: 'HTTPRoute',
    svcs: 'Service',
    cron: 'CronJob',
    crons: 'CronJob',
    deploys: 'Deployment',
  } as const),
);

/** `pods`, `config maps`, `persistent volume claim`, `deploy`: the kind that the words name. */
export function kindFromWords(words: string): KindName | undefined {
  const joined = words.toLowerCase().replaceAll(/[\s-]+/g, '');
  // kubectl's short names have no plural; people give them one.
  return kindFromWord(joined) ?? synonyms.get(joined) ?? kindFromWord(joined.replace(/s$/, ''));
}

/** Words for things in general, which say nothing of the kind. */
const general = new Set([
  'rollout',
  'release',
  'version',
  'app',
  'application',
  'workload',
  'component',
  'object',
  'thing',
  'container',
  'called',
  'named',
  'thingy',
  'stuff',
]);
const articles = /^(?:the|my|our|a|an|this|that|all|all of|of|(?:the )?(?:new|newest|latest|current)(?= \S+ \S))\s+/i;

function withoutKind(words: readonly string[]): { kind: KindName | undefined; rest: readonly string[] } {
  for (const count of [3, 2, 1]) {
    if (words.length <= count) continue;
    const leading = kindFromWords(words.slice(0, count).join(' '));
    if (leading !== undefined) return { kind: leading, rest: words.slice(count) };
    const trailing = kindFromWords(words.slice(-count).join(' '));
    if (trailing !== undefined) return { kind: trailing, rest: words.slice(0, -count) };
  }
  return { kind: undefined, rest: words };
}

/** Reads a phrase. Undefined when no name is in it. Two words that name no kind are read as namespace and name. */
export function readPhrase(phrase: string): Phrase | undefined {
  const text = phrase.trim().replace(articles, '').replace(articles, '');
  const [plain, namespaceAfter] = text.split(/ (?:in|of|from) (?:the )?(?:namespace |ns )?/i);
  const words = (plain ?? '').split(' ').filter((word) => word !== '' && !general.has(word.toLowerCase()));
  const { kind, rest } = withoutKind(words);
  const last = rest.at(-1);
  if (last === undefined) return undefined;
  const namespace = namespaceAfter?.replace(/ (?:namespace|ns)$/i, '') ?? (rest.length === 2 ? rest[0] : undefined);
  return withSlashes({ kind, namespace, name: rest.length > 2 ? rest.join('-') : last });
}

function withSlashes(phrase: Phrase): Phrase | undefined {
  const parts = phrase.name.split('/');
  const [a = '', b = '', c = ''] = parts;
  if (parts.some((part) => part === '') || parts.length > 3) return undefined;
  if (parts.length === 3) return { kind: kindFromWords(a) ?? phrase.kind, namespace: b, name: c };
  if (parts.length === 1) return phrase;
  const kind = kindFromWords(a);
  return kind === undefined
    ? { kind: phrase.kind, namespace: a, name: b }
    : { kind, namespace: phrase.namespace, name: b };
}

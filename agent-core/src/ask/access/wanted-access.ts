import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Access } from '../../reading/platform/rbac.ts';
import { kindFromWords } from '../naming/phrase.ts';

/** What somebody wants to do, without the place: `namespace` is empty. */
export interface WantedAccess {
  readonly access: Access;
  /** "delete pods" */
  readonly said: string;
  readonly isNamespaced: boolean;
}

/** How people say what Kubernetes calls a verb; the first that fits. */
const verbs: readonly { readonly words: string; readonly verb: string }[] = [
  { words: 'get|read|see|view|look at|inspect|access|fetch|open', verb: 'get' },
  { words: 'list', verb: 'list' },
  { words: 'watch', verb: 'watch' },
  { words: 'create|make|add|launch|deploy', verb: 'create' },
  { words: 'update|edit|change|modify|write(?: to)?|alter', verb: 'update' },
  { words: 'patch', verb: 'patch' },
  { words: 'delete|remove|kill|destroy|drop', verb: 'delete' },
  { words: 'impersonate', verb: 'impersonate' },
  {
    words: 'do (?:anything|everything|whatever \\w+ wants?) (?:with|to)|manage|administer|fully control|do',
    verb: '*',
  },
];

/** For patterns: everything that is a verb of a permission. */
export const verbWords = `exec(?:ute)?(?: commands?)?(?: in| into| on)?|(?:open a )?shell (?:in|into)|port.?forward(?: to)?|scale|${verbs.map(({ words }) => words).join('|')}`;

/** Verbs that are the business of a part of an object. */
const parts: readonly { readonly words: RegExp; readonly verb: string; readonly part: string }[] = [
  { words: /^(?:exec|(?:open a )?shell)/i, verb: 'create', part: 'exec' },
  { words: /^port.?forward/i, verb: 'create', part: 'portforward' },
  { words: /^scale/i, verb: 'update', part: 'scale' },
];

interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly isNamespaced: boolean;
}

function customResource(snapshot: Snapshot, word: string): Resource | undefined {
  const found = snapshot
    .list('CustomResourceDefinition')
    .find(({ spec: { names } }) => [names.plural, names.kind.toLowerCase()].includes(word.toLowerCase()));
  return found === undefined
    ? undefined
    : { group: found.spec.group, plural: found.spec.names.plural, isNamespaced: found.spec.scope !== 'Cluster' };
}

function resourceOf(snapshot: Snapshot, words: string): Resource | undefined {
  if (/^(?:anything|everything|all(?: resources| objects)?|any ?thing at all)$/i.test(words)) {
    return { group: '*', plural: '*', isNamespaced: true };
  }
  const kind = kindFromWords(words);
  return kind === undefined
    ? customResource(snapshot, words)
    : { group: kinds[kind].group, plural: kinds[kind].plural, isNamespaced: kinds[kind].namespaced };
}

/** "Delete" and "pods", "read" and "pod logs", "get" and "secret db-credentials"; undefined where that is no permission. */
export function wantedAccess(snapshot: Snapshot, verb: string, what: string): WantedAccess | undefined {
  const text = what.trim().replace(/^(?:the|any|all|all the|other|their|its) (?=\S+)/i, '');
  const logs = /^(?:pod |container )?logs?(?: of (?:the )?pods?)?$/i.test(text);
  const part = logs ? { verb: 'get', part: 'log' } : parts.find(({ words }) => words.test(verb));
  const [, kindWords = text, name = ''] = /^(\S+(?: \S+)?) (\S+)$/.exec(text) ?? [];
  const whole = resourceOf(snapshot, logs ? 'pods' : text);
  const resource = whole ?? resourceOf(snapshot, kindWords);
  if (resource === undefined) return undefined;
  const plain = part?.verb ?? verbs.find(({ words }) => new RegExp(`^(?:${words})$`, 'i').test(verb))?.verb;
  if (plain === undefined) return undefined;
  const full = part === undefined ? resource.plural : `${resource.plural}/${part.part}`;
  const named = whole === undefined ? name : '';
  return {
    access: { verb: plain, group: resource.group, resource: full, name: named, namespace: '' },
    said:
      plain === '*' && full === '*'
        ? 'do everything'
        : `${plain === '*' ? 'do everything with' : plain} ${full === '*' ? 'everything' : full}${named === '' ? '' : ` "${named}"`}`,
    isNamespaced: resource.isNamespaced,
  };
}

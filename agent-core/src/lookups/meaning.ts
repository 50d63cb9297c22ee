import type { CodeEntry } from '@autodevops/domain/finding';
import { catalogue, codesMentioning } from '../analyzers/catalogue.ts';
import { kubernetesWords } from '../ask/kubernetes-words.ts';
import { nearMatches } from '../reading/near-match.ts';

/** What is known of a code, or of a word of Kubernetes' own. */
export interface Meaning {
  /** The code that was asked for. */
  readonly entry?: CodeEntry;
  /** What a word of Kubernetes means; empty where it is none. */
  readonly says: string;
  /** Codes that have to do with it. */
  readonly related: readonly CodeEntry[];
  /** Codes that may have been meant. */
  readonly near: readonly string[];
}

const mostRelated = 20;

/** What a code, a beginning of one, or a word of Kubernetes means; near ones where it is none of these. */
export function meaningOf(asked: string): Meaning {
  const word = asked.trim();
  const entry = catalogue.get(word.toLowerCase());
  if (entry !== undefined) return { entry, says: '', related: [], near: [] };
  const says = kubernetesWords.get(word.toLowerCase()) ?? '';
  const inside = [...catalogue.values()].filter(({ code }) =>
    code.startsWith(`${word.toLowerCase().replace(/[.*]+$/, '')}.`),
  );
  const related = inside.length > 0 ? inside : word.length < 4 ? [] : codesMentioning(word);
  return {
    says,
    related: related.slice(0, mostRelated),
    near: says === '' && related.length === 0 ? [...nearMatches(word, catalogue.keys())] : [],
  };
}

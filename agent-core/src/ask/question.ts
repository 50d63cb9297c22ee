import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../reading/near-match.ts';

const longest = 400;

const courtesies = /^(?:(?:hi|hey|hello|ok|okay|jamie|please|so|and|well|now)[,!:]?\s+|(?:can|could|would|will) you (?:please )?(?:tell|show|explain to|give) me\s+|(?:can|could|would) you (?:please )?|(?:please )?(?:tell|show) me(?! (?:all|the|every|pods|nodes))\s+|i (?:want|need|would like) to know\s+|do you know\s+)/i;

/** "can't" as "can not", "won't" as "will not": patterns then know one form. */
function withoutContractions(text: string): string {
  return text
    .replaceAll(/\bwon['’]?t\b/gi, 'will not')
    .replaceAll(/\bcannot\b|\bcan['’]?t\b/gi, 'can not')
    .replaceAll(/\b(do|does|did|is|are|was|were|has|have|had|could|would|should)n['’]?t\b/gi, '$1 not');
}

/** The question without courtesies, quotation marks and final punctuation; on one line, cut at 400 characters. */
export function plainQuestion(question: string): string {
  let text = withoutContractions(question.slice(0, longest)).replaceAll(/["'`“”‘’«»]s\b/g, ' is').replaceAll(/["`“”‘’'«»]/g, '').replaceAll(/\s+/g, ' ').trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(courtesies, '');
  }
  return text.replace(/[?!.,;:\s]+$/, '').replace(/,? (?:please|jamie|thanks?)$/i, '').trim();
}

/** A question narrowed to a namespace. `unknown`: it names one that does not exist; `near`: what may have been meant. */
export interface Scoped {
  readonly text: string;
  readonly namespace: string | undefined;
  readonly unknown: string | undefined;
  readonly near: readonly string[];
}

const named = [/ (?:in|of|from|within|for|inside) (?:the )?(?:namespace|ns) (\S+)$/i, / (?:in|of|from|within|for|inside) (?:the )?(\S+) (?:namespace|ns)$/i, / (?:-n|--namespace)[ =](\S+)$/];
const bare = / (?:in|within|inside) (?:the )?(\S+)$/i;

/** Takes a namespace off the end of a question. A bare "in X" counts only where X is one, or nearly. */
export function scopeOf(text: string, snapshot: Snapshot): Scoped {
  const names = snapshot.list('Namespace').map((n) => n.metadata.name);
  const seen = snapshot.saw('Namespace');
  for (const [pattern, explicit] of [...named.map((p) => [p, true] as const), [bare, false] as const]) {
    const match = pattern.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined) continue;
    const rest = text.slice(0, match.index).trim();
    if (names.includes(name)) return { text: rest, namespace: name, unknown: undefined, near: [] };
    const near = nearMatches(name, names);
    if (explicit && !seen) return { text: rest, namespace: name, unknown: undefined, near: [] };
    if (explicit || near.length > 0) return { text: rest, namespace: undefined, unknown: name, near };
  }
  return { text, namespace: undefined, unknown: undefined, near: [] };
}

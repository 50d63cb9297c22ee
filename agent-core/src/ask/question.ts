import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../reading/near-match.ts';

const longest = 400;

const courtesies =
  /^(?:(?:hi|hey|hello|hiya|yo|ok|okay|jamie|please|pls|plz|so|and|well|now|quick question|sorry|thanks)(?:[,!.:]+\s+|\s+-+\s+|\s+)(?=\S)|(?:good )?(?:morning|afternoon|evening)[,!]* (?=\S)|(?:can|could|would|will) (?:you|u|someone|anyone|somebody|anybody) (?:please )?(?:tell|show|explain to|give) me\s+|(?:can|could|would|will) (?:someone|anyone|somebody|anybody) (?:please )?(?=explain )|(?:can|could|would|will) (?:you|u) (?:please |pls |quickly |just )*(?:check |see |find out |look )?(?:if |whether |for me )?|(?:please )?(?:tell|show) me(?! (?:all|the|every|pods|nodes))\s+|i (?:want|need|would like) to know\s+|(?:do you|does (?:anyone|anybody)) (?:happen to )?know\s+(?:if |whether )?|any (?:idea|clue)s?\s+|(?:i )?wonder(?:ing)?\s+(?:if |whether )?|(?:check|find out|see) (?:if|whether)\s+|(?:halp|help)[,!. ]+(?=\S+ \S)|kubectl\s+|k\s+(?=(?:get|describe|logs|top|delete|rollout|explain)\b))/i;
const farewells =
  /[,! ]+(?:please|pls|plz|jamie|thanks?(?: you)?|thx|ty|for me|to me|asap|rn|again|tho|though|btw|too|as well|either)$/i;

/** What an object has: before these words "web's" is no "web is". */
const belongings =
  /["'`“”‘’«»]s(?= (?:last |previous |own |current |memory |cpu |container |environment )*(?:logs?|images?|versions?|tags?|pods?|replicas?|containers?|status|state|health|env\w*|variables?|ports?|limits?|requests?|resources?|events?|memory|cpu|nodes?|secrets?|config\w*|volumes?|claims?|ingress\w*|url|host\w*|owner|history|revisions?|rollouts?|changes?|restarts?|restart count|dependenc\w*|callers|users|age|schedule|labels?|annotations?)\b)/gi;

/** Words between the question word and the question that only say how it is felt. */
const oaths =
  /^((?:what|why|who|where|how|when)(?: is| are)?)(?: the (?:heck|hell|f\w*)| on earth| in the world| exactly| actually| really| even)+ /i;

/** "whats" as "what is", "can't" as "can not", "won't" as "will not": patterns then know one form. */
function withoutContractions(text: string): string {
  return text
    .replaceAll(/\b(what|who|where|when|why|how|that)s\b/gi, '$1 is')
    .replaceAll(/\b(what|who|where|when|why|how)['’]?re\b/gi, '$1 are')
    .replaceAll(/\bwon['’]?t\b/gi, 'will not')
    .replaceAll(/\bcannot\b|\bcan['’]?t\b/gi, 'can not')
    .replaceAll(/\b(do|does|did|is|are|was|were|has|have|had|could|would|should)n['’]?t\b/gi, '$1 not');
}

/** "Get pods -A -o wide": flags that choose the form, or everything; one that names a namespace goes to the end. */
function withoutFlags(text: string): string {
  return text
    .replaceAll(
      / (?:-A|--all-namespaces|-o[ =]?wide|--output[ =]wide|--show-labels|-w|--watch|--no-headers|--previous|-p)(?= |$)/g,
      '',
    )
    .replace(/^(.*?) (?:-n|--namespace)[ =](\S+) (.+)$/, '$1 $3 -n $2');
}

/** The question without courtesies, quotation marks and final punctuation; on one line, cut at 400 characters. */
export function plainQuestion(question: string): string {
  let text = withoutContractions(
    withoutFlags(question.slice(0, longest))
      .replace(/^w(?:tf|th)\b/i, 'what')
      .replace(/^how come /i, 'why does '),
  )
    .replaceAll(belongings, '')
    .replaceAll(/["'`“”‘’«»]s\b/g, ' is')
    .replaceAll(/["`“”‘’'«»]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(courtesies, '');
  }
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/[?!.,;:\s]+$/, '').replace(farewells, '');
  }
  return text.trim().replace(oaths, '$1 ');
}

/** Words that change nothing of what is asked. */
const fillers =
  /\b(?:still|currently|actually|really|already|even|just|exactly|basically|simply|automatically|constantly|suddenly|possibly|kind of|maybe|at the moment|right now|at all)\b ?/gi;

/** The text without words that change nothing of what is asked. */
export function withoutFillers(text: string): string {
  return text.replaceAll(fillers, '').replaceAll(/\s+/g, ' ').trim();
}

/** A question narrowed to a namespace. `unknown`: it names one that does not exist; `near`: what may have been meant. */
export interface Scoped {
  readonly text: string;
  readonly namespace: string | undefined;
  readonly unknown: string | undefined;
  readonly near: readonly string[];
}

const named = [
  / (?:in|of|from|within|for|inside) (?:the )?(?:namespace|ns) (\S+)$/i,
  / (?:in|of|from|within|for|inside|belong(?:s|ing)? to) (?:the )?(\S+) (?:namespace|ns)$/i,
  / (?:-n|--namespace)[ =](\S+)$/,
];
const bare = / (?:in|within|inside) (?:the )?(\S+)$/i;

/** "Is everything in shop happy": a namespace that exists, in the middle of the question. */
function scopeWithin(text: string, names: readonly string[]): Scoped {
  for (const match of text.matchAll(
    / in (?:the )?(?:namespace |ns )?(\S+)(?= (?!logs?\b|pods?\b|deployments?\b|services?\b|containers?\b))/gi,
  )) {
    const [found, name = ''] = match;
    if (!names.includes(name)) continue;
    // "In shop and billing" is two places.
    const [, second = ''] = /^(?:,| and| or) ([\w-]+)/i.exec(text.slice(match.index + found.length)) ?? [];
    if (names.includes(second)) continue;
    const rest = `${text.slice(0, match.index)}${text.slice(match.index + found.length)}`.replace(
      /^(.*?\S) (?:namespace|ns) /i,
      '$1 ',
    );
    return { text: rest, namespace: name, unknown: undefined, near: [] };
  }
  return { text, namespace: undefined, unknown: undefined, near: [] };
}

/** Takes a namespace off the end of a question. A bare "in X" counts only where X is one, or nearly. */
export function scopeOf(text: string, snapshot: Snapshot): Scoped {
  const names = snapshot.list('Namespace').map((n) => n.metadata.name);
  const seen = snapshot.saw('Namespace');
  // "In prod but not in staging": of two places none is the scope of the whole.
  const places = [...text.matchAll(/ (?:in|from|vs\.?|versus|than) (?:in )?(?:the )?(?:namespace |ns )?([\w-]+)/gi)]
    .map(([, name = '']) => name)
    .filter((name) => names.includes(name));
  if (new Set(places).size > 1) return { text, namespace: undefined, unknown: undefined, near: [] };
  for (const [pattern, explicit] of [...named.map((p) => [p, true] as const), [bare, false] as const]) {
    const match = pattern.exec(text);
    const name = match?.[1];
    if (
      match === null ||
      name === undefined ||
      /^(?:any|all|every|each|which|what|some|another|other|different)$/i.test(name)
    ) {
      continue;
    }
    const rest = text.slice(0, match.index).trim();
    // "Not in X" is a condition, and X no scope.
    if (/(?:^|\s)(?:not|except|outside|but|other than)$/i.test(rest)) continue;
    if (names.includes(name)) return { text: rest, namespace: name, unknown: undefined, near: [] };
    const near = nearMatches(name, names);
    if (explicit && !seen) return { text: rest, namespace: name, unknown: undefined, near: [] };
    if (explicit || near.length > 0) return { text: rest, namespace: undefined, unknown: name, near };
  }
  return scopeWithin(text, names);
}

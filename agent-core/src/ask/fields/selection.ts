import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindsIn } from './asked-kinds.ts';
import { fields, fieldWithin } from './catalogue.ts';
import type { FieldInText } from './catalogue.ts';
import type { Field } from './field.ts';
import { hasField } from './field.ts';

/** Objects of some kinds, by what a field of theirs says. */
export interface Selection {
  readonly kinds: readonly KindName[];
  /** Absent where only a value was given: any field that has it is meant. */
  readonly field: Field | undefined;
  /** Empty: whatever it is, as long as it is set. */
  readonly wanted: string;
  /** The wanted words stood before the field's own: only where something has them are they its value. */
  readonly isLoose: boolean;
  readonly isNegated: boolean;
  readonly bound: { readonly isMore: boolean; readonly amount: string } | undefined;
}

const opening =
  /^(?:which|what|who|list|show(?: me)?|find|get|give me|name|any|are there(?: any)?|is there(?: an?| any)?|do (?:i|we) have(?: any)?|(?:do|does|is|are) any(?: of)?|how many|count|is|are|does|do)(?: of)?(?: all)?(?: the| my| our| those| any)?(?: other)? /i;
const negation =
  /(?<![\w-])(?:not|no|without|lacking|lacks?|missing|except(?: for)?|other than|but not|never)(?![\w-])/i;
const fillers =
  /(?<![\w=./:-])(?:that|which|who|is|are|was|were|do|does|did|has|have|having|with|using|uses?|used|runs?|running|comes?|coming|come|from|the|an?|in|on|at|of|set|to|called|named|any|some|their|its|there|by|as|equals?|equal|values?|for|under|belongs?|belonging|live|lives|sit|sits|currently|all|own|carry|carries|declares?|wants?|asks?|allows?|allowed|than|behind)(?![\w=./:-])/gi;
const bounds =
  /(?<![\w-])(?:(?<more>more|greater|bigger|larger|higher|longer|over|above|at least|exceeding|newer|younger)|(?<less>less|fewer|smaller|lower|shorter|under|below|at most|older))(?: than)? (?<amount>\d.*|(?:an?|one|two|three|four|five|ten) .+)$/i;
const nothing = /^(?:anything|something|things?|objects?)$/i;
const listens = /\blisten(?:s|ing)?(?: on)?(?: the)?(?: ports?)?(?= |$)/i;

/** What "older than" and "bigger than" compare where nothing is named. */
function comparedBy(words: string, kind: KindName): Field | undefined {
  const said = /\b(?:older|newer|younger)\b/i.test(words)
    ? 'creation time'
    : /\b(?:bigger|larger|smaller)\b/i.test(words)
      ? 'size'
      : '';
  return fields.find((field) => field.said === said && hasField(field, kind));
}

function withoutFillers(text: string): string {
  return text.replaceAll(fillers, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** `memory=64Mi` is a field and a value; `app=web` is a label. */
function asLabel(wanted: string): boolean {
  return /^[\w./-]+=[\w.-]*$/.test(wanted);
}

function fieldOfValue(wanted: string, kind: KindName): Field | undefined {
  if (asLabel(wanted)) return fields.find(({ said }) => said === 'label');
  return fields.find((field) => hasField(field, kind) && field.values?.test(wanted) === true);
}

/** Serving objects: what "listens on port 80" may mean. */
const serving: readonly KindName[] = ['Service', 'Deployment', 'StatefulSet', 'DaemonSet'];

/** What may stand before a kind: "best effort pods", "privileged containers". */
function isAdjective(words: string): boolean {
  return (
    words.split(' ').length <= 2 &&
    !/\b(?:why|how|when|where|if|should|would|could|will|can|do|does|is|are|has|have|of)\b/i.test(words)
  );
}

function boundIn(kinds: readonly KindName[], words: string): Selection | undefined {
  const within = bounds.exec(words);
  const [kind] = kinds;
  if (within === null || kind === undefined) return undefined;
  const named = fieldWithin(words, kind)?.field;
  const field = named ?? comparedBy(words, kind);
  const { more, amount = '' } = within.groups ?? {};
  const plain = field === undefined ? '' : withoutFillers(amount.replace(field.within, ' '));
  return field === undefined || plain === ''
    ? undefined
    : {
        kinds,
        field,
        wanted: '',
        isLoose: false,
        isNegated: /\bnot\b/i.test(words),
        bound: { isMore: more !== undefined, amount: plain },
      };
}

/** A plain word before the field's own ("waiting for an image") is no value of it; `2.4`, `app=web` and what stands after it are. */
function wantedOf({
  before,
  after,
}: Pick<FieldInText, 'before' | 'after'>): { readonly wanted: string; readonly isLoose: boolean } | undefined {
  const [ahead, behind] = [before, after].map((part) =>
    withoutFillers(part.replace(negation, ' '))
      .replace(/^[=:]|[=:]$/g, '')
      .trim(),
  );
  if (ahead === undefined || behind === undefined || (ahead !== '' && behind !== '')) return undefined;
  return { wanted: `${ahead}${behind}`, isLoose: ahead !== '' };
}

function selected(kinds: readonly KindName[], words: string): Selection | undefined {
  const [kind] = kinds;
  if (kind === undefined) return undefined;
  if (bounds.test(words)) return boundIn(kinds, words);
  const named = fieldWithin(words, kind);
  const around = named ?? { before: '', after: words };
  const isNegated = negation.test(`${around.before} ${around.after}`);
  const value = wantedOf(around);
  if (value === undefined) return undefined;
  const { wanted, isLoose } = value;
  const field =
    asLabel(wanted) && named?.field.said !== 'annotation'
      ? fieldOfValue(wanted, kind)
      : (named?.field ?? fieldOfValue(wanted, kind));
  return { kinds, field, wanted, isLoose, isNegated, bound: undefined };
}

const ofSentences =
  /(?<![\w-])(?:because|why|when|if|after|before|since|today|yesterday|now|most|least|how|than|and|or|but|should|would|could|can|will|might|more|less|too|so|it|its|i|we|you|ever|other|another|last|next|still)(?![\w-])/i;

/** Whether words are of a sentence rather than a value. */
export function isSentence(words: string): boolean {
  return ofSentences.test(words);
}

/**
 * "Which pods have the label app=web", "services of type NodePort", "pods that are not on worker-1", "claims bigger than
 * 10Gi": which objects are meant. Undefined where no kind stands at its head.
 */
export function readSelection(text: string): Selection | undefined {
  const rest = `${text} `.replace(opening, '').replace(listens, 'port').trim();
  const [first] = kindsIn(rest);
  if (first !== undefined && isAdjective(first.before) && `${first.before}${first.after}` !== '') {
    return selected(first.kinds, `${first.before} ${first.after}`.trim());
  }
  const [head = '', ...others] = rest.split(' ');
  if (listens.test(text)) return selected(serving, rest.replace(/^(?:anything|something|who|what) /i, ''));
  return nothing.test(head) && others.length > 0 ? selected(serving, others.join(' ')) : undefined;
}

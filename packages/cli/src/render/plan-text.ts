import type { ChangeTense } from '@autodevops/domain/change/change-tense';
import type { Decision, Tier } from '@autodevops/domain/change/decision';
import type { FieldDiff, Plan } from '@autodevops/domain/change/plan';
import { reachSentences } from '@autodevops/domain/change/reach-sentences';
import { counted } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import type { Paint } from '../terminal/paint.ts';
import { cutTo } from '../terminal/width.ts';
import { hang } from '../terminal/wrap.ts';

const indent = '   ';
/** Fields and rules beyond these are counted, unless everything is asked for. */
const mostFields = 6;
const mostVoices = 3;
const mostNotes = 3;

export interface PlanView {
  readonly everything: boolean;
  /** Of the change that the plan is of; it is ahead where there is none yet. */
  readonly tense?: ChangeTense;
  /** How long ago the cluster was read for it. */
  readonly seen?: string;
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function valueLine(sign: '-' | '+', value: string, look: Look): readonly string[] {
  if (value === '') return [];
  const text = cutTo(`${sign} ${flat(value)}`, look.columns - indent.length - 2, symbol(look, 'ellipsis'));
  return [`${indent}  ${paint(look, sign === '-' ? 'red' : 'green', text)}`];
}

/** What differs afterwards, field by field, as the server's dry run says. */
export function diffLines(diff: readonly FieldDiff[], look: Look, everything: boolean): readonly string[] {
  const shown = everything ? diff : diff.slice(0, mostFields);
  const lines = shown.flatMap(({ object, path, before, after }, index) => {
    const previous = shown[index - 1];
    const isSame = previous !== undefined && refText(previous.object) === refText(object);
    return [
      ...(isSame ? [] : [`${indent}${paint(look, 'cyan', flat(refText(object)))}`]),
      // An object as a whole is no field.
      ...(path === '' ? [] : hang(`${indent}  `, flat(path), look.columns).map((line) => paint(look, 'dim', line))),
      ...valueLine('-', before, look),
      ...valueLine('+', after, look),
    ];
  });
  const more = diff.length - shown.length;
  return more > 0 ? [...lines, `${indent}  and ${counted(more, 'field')} more (-v)`] : lines;
}

/** What a plan does, exactly, and how far it reaches; what is behind is told as it was found then. */
export function planLines(
  { actions, diff, facts }: Plan,
  look: Look,
  { everything, tense = 'ahead', seen = '' }: PlanView,
): readonly string[] {
  const notes = everything ? facts.notes : facts.notes.slice(0, mostNotes);
  return [
    ...actions.flatMap(({ sentences, risk }, index) => {
      const label = actions.length === 1 ? indent : `${indent}${index + 1}. `;
      return hang(label, `${flat(sentences.will)}${risk === 'low' ? '' : ` (${risk} risk)`}`, look.columns).map(
        (line) => paint(look, 'bold', line),
      );
    }),
    ...diffLines(diff, look, everything),
    ...hang(indent, reachSentences(facts, tense).join(' '), look.columns),
    ...(tense === 'ahead' || notes.length === 0 ? [] : [`${indent}As it was found${seen === '' ? '' : ` ${seen}`}:`]),
    ...notes.flatMap((note) => hang(`${indent}${symbol(look, 'note')} `, flat(note), look.columns)),
  ];
}

const tierPaint: Readonly<Record<Tier, Paint>> = { auto: 'green', one: 'yellow', two: 'yellow', forbidden: 'red' };

function whose(roles: readonly string[]): string {
  return roles.length === 0 ? '' : ` of ${roles.join(' or ')}`;
}

/** Several rules may each want their own people; one person's yes may count for several. */
function demandText({ demands = [] }: Decision): string {
  if (demands.length < 2) return '';
  return ` Needed: ${demands.map(({ approvals, roles }) => `${approvals}${roles.length === 0 ? ' of anybody' : whose(roles)}`).join('; ')}.`;
}

function tierText(decision: Decision, tense: ChangeTense): string {
  const { tier, roles } = decision;
  const isAhead = tense === 'ahead';
  switch (tier) {
    case 'auto':
      return `The policy ${isAhead ? 'lets' : 'let'} it be done at once.`;
    case 'one':
      return `One person${whose(roles)} ${isAhead ? 'has' : 'had'} to agree.${demandText(decision)}`;
    case 'two':
      return `Two people${whose(roles)} ${isAhead ? 'have' : 'had'} to agree.${demandText(decision)}`;
    case 'forbidden':
      return `The policy ${isAhead ? 'forbids' : 'forbade'} it.`;
  }
}

/** Who has to agree, and the rules that say so, strictest first. */
export function decisionLines(
  decision: Decision,
  look: Look,
  { everything, tense = 'ahead' }: Pick<PlanView, 'everything' | 'tense'>,
): readonly string[] {
  const { tier, voices, shadow, policyVersion } = decision;
  const speaking = everything ? voices : voices.filter((voice) => voice.tier === tier).slice(0, mostVoices);
  return [
    ...hang(indent, tierText(decision, tense), look.columns).map((line) => paint(look, tierPaint[tier], line)),
    ...speaking
      .flatMap(({ rule, tier: said, why }) =>
        hang(
          `${indent}${symbol(look, 'bar')} `,
          `${rule}${everything ? ` (${said})` : ''}: ${flat(why)}`,
          look.columns,
        ),
      )
      .map((line) => paint(look, 'dim', line)),
    ...(shadow === undefined ? [] : hang(indent, `The policy on trial would say: ${shadow.tier}.`, look.columns)),
    ...(everything ? [paint(look, 'dim', `${indent}policy ${policyVersion.slice(0, 12)}`)] : []),
  ];
}

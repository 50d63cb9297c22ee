import type { Change } from '@autodevops/domain/change/change';
import type { ChangeTense } from '@autodevops/domain/change/change-tense';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Facts, Plan } from '@autodevops/domain/change/plan';
import { reachSentences } from '@autodevops/domain/change/reach-sentences';
import { ifRoom } from '../budget/message.ts';
import type { Part } from '../budget/fit.ts';
import { codePoints } from '../text/code-points.ts';
import { bold, code, italic, line, list, richText, when, words } from '../text/rich-text.ts';
import { shown } from '../text/shown.ts';
import { tierText } from './change-words.ts';

/** A sentence of a plan longer than this is not shown whole, so the plan is not. */
const mostOfSentence = 2000;

function reachText(facts: Facts, tense: ChangeTense): string {
  return reachSentences(facts, tense).join(' ');
}

/**
 * What of a proposal has to be seen before a yes means anything: what it does, how far it reaches, what the simulation
 * found. Of a change that is behind it is told as it was found then.
 */
export function planParts({ actions, facts }: Plan, tense: ChangeTense = 'ahead'): readonly Part[] {
  return [
    ...actions.map(({ sentences, risk }, index) =>
      ifRoom(
        'action',
        richText(
          line(
            bold(`${actions.length === 1 ? '' : `${index + 1}. `}${sentences.will}`, mostOfSentence),
            risk === 'low' ? words(' (low risk)') : bold(` (${risk} risk)`),
          ),
        ),
      ),
    ),
    ifRoom('statement of its reach', richText(line(words(reachText(facts, tense), mostOfSentence)))),
    ...(tense === 'ahead' || facts.notes.length === 0
      ? []
      : [ifRoom('note', richText(line(words('As it was found '), when(facts.capturedAt), words(':'))))]),
    ...facts.notes.map((note) => ifRoom('note', richText(line(words(`ℹ️ ${note}`, mostOfSentence))))),
  ];
}

/** Whether nothing of the plan is cut inside of a sentence. */
export function isEverySentenceWhole({ actions, facts }: Plan): boolean {
  const sentences = [
    ...actions.map(({ sentences }, index) => `${actions.length === 1 ? '' : `${index + 1}. `}${sentences.will}`),
    reachText(facts, 'ahead'),
    ...facts.notes.map((note) => `ℹ️ ${note}`),
  ];
  return sentences.every((sentence) => codePoints(shown(sentence, mostOfSentence + 1)) <= mostOfSentence);
}

/** Who has to agree, and the rules that say so, strictest first. */
export function decisionParts(decision: Decision): readonly Part[] {
  return [
    ifRoom('statement of who has to agree', richText(line(bold('Who may approve: '), words(tierText(decision), 1500)))),
    ...decision.voices.map(({ rule, tier, why }) =>
      ifRoom('rule', richText(list([line(code(rule, 100), words(` (${tier}): `), words(why, 500))]))),
    ),
  ];
}

/** Why it was proposed, and by whom. */
export function reasonParts({ reason, requester }: Change): readonly Part[] {
  const { finding } = reason;
  return [
    ifRoom(
      'reason',
      richText(
        line(bold('Why: '), words(reason.text, 800), words(' Asked for by '), words(requester.name, 100), words('.')),
        finding === undefined
          ? undefined
          : line(
              code(finding.code, 100),
              words(` on ${finding.object.kind} `),
              code(`${finding.object.namespace === '' ? '' : `${finding.object.namespace}/`}${finding.object.name}`),
              italic(` (${finding.confidence} confidence)`),
            ),
      ),
    ),
  ];
}

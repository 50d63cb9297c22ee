import type { Change, ChangeState } from '@autodevops/domain/change/change';
import { changeTense } from '@autodevops/domain/change/change-tense';
import type { ChangeTense } from '@autodevops/domain/change/change-tense';
import type { Decision } from '@autodevops/domain/change/decision';
import type { ActionRequest, Plan, Sentences } from '@autodevops/domain/change/plan';
import { oneLine, printable } from '@autodevops/domain/printable';
import { decisionSentence, planTitles, reachLines } from '../../documents/change-text.ts';
import { t } from '../../language/translate.ts';
import type { LinkBook } from '../links/link-book.ts';
import { linkedText } from '../links/linked-text.ts';
import type { CardButton, CardTone, CardView } from '../protocol/part.ts';

/** What a card is made of: a rehearsal, and the change that it became. */
export interface Offer {
  readonly request: ActionRequest;
  readonly plan: Plan;
  readonly decision: Decision;
  /** One's own yes is enough. */
  readonly own: boolean;
  /** Nothing may be changed from this window now. */
  readonly locked: boolean;
  /** The open folder may hold the manifest that says what would be set. */
  readonly inGit: boolean;
  readonly change: Change | undefined;
  /** What has to be known before it is pressed again. */
  readonly note: string;
}

const fieldsShown = 12;
const longestValue = 400;

const tones: Readonly<Record<ChangeState, CardTone>> = {
  proposed: 'running',
  waiting: 'waiting',
  approved: 'running',
  executing: 'running',
  verifying: 'running',
  undoing: 'running',
  succeeded: 'good',
  undone: 'quiet',
  failed: 'bad',
  unknown: 'bad',
  rejected: 'quiet',
  forbidden: 'bad',
  expired: 'quiet',
  cancelled: 'quiet',
  superseded: 'quiet',
};

const stateWords: Readonly<Record<ChangeState, () => string>> = {
  proposed: () => t('proposed'),
  waiting: () => t('waits for a yes'),
  approved: () => t('approved'),
  executing: () => t('executing'),
  verifying: () => t('verifying'),
  undoing: () => t('taking it back'),
  succeeded: () => t('succeeded'),
  undone: () => t('taken back'),
  failed: () => t('failed'),
  unknown: () => t('not known'),
  rejected: () => t('rejected'),
  forbidden: () => t('forbidden'),
  expired: () => t('expired'),
  cancelled: () => t('cancelled'),
  superseded: () => t('superseded'),
};

const way: readonly ChangeState[] = ['waiting', 'approved', 'executing', 'verifying', 'succeeded'];

/** The way of a change, and where it is. One that leaves it stands at its end under its own name. */
export function stepsOf(change: Change | undefined): { readonly steps: string[]; readonly at: number } {
  if (change === undefined) return { steps: [], at: -1 };
  const on = way.indexOf(change.state === 'proposed' ? 'waiting' : change.state);
  if (on >= 0) return { steps: way.map((state) => stateWords[state]()), at: on };
  return { steps: [...way.slice(0, -1), change.state].map((state) => stateWords[state]()), at: way.length - 1 };
}

function offeredButton({ request, decision, own, locked }: Offer): CardView['buttons'] {
  if (decision.tier === 'forbidden') return [];
  if (locked) return [{ button: 'unlock', text: t('Allow Changes in This Session'), primary: true }];
  if (request.action === 'open-git-change') return [{ button: 'git', text: t('Open as Git Change'), primary: true }];
  return own || decision.tier === 'auto'
    ? [{ button: 'apply', text: t('Apply'), primary: true }]
    : [{ button: 'ask', text: t('Ask for Approval'), primary: true }];
}

function buttonsOf(offer: Offer): CardView['buttons'] {
  const { change, plan, own, locked } = offer;
  const button = (id: CardButton, text: string): CardView['buttons'][number] => ({ button: id, text, primary: false });
  const difference = plan.diff.length === 0 ? [] : [button('difference', t('Show Difference'))];
  const git = offer.inGit && !locked ? [button('git', t('Open as Git Change'))] : [];
  if (change === undefined) return [...offeredButton(offer), ...git, ...difference];
  const details = [...difference, button('details', t('Show Change'))];
  if (change.state === 'waiting' && own && !locked) {
    return [{ button: 'apply', text: t('Apply'), primary: true }, ...details];
  }
  if (change.state === 'succeeded' && plan.facts.reversible && !locked) return [...details, button('undo', t('Undo'))];
  return details;
}

function standingOf({ change, decision, note }: Offer): string {
  const says = change === undefined ? decisionSentence(decision) : printable(change.says);
  return note === '' ? says : `${note} ${says}`;
}

function value(text: string): string {
  const shown = printable(text).trimEnd();
  return shown.length <= longestValue ? shown : `${shown.slice(0, longestValue - 1)}…`;
}

function titlesOf(plan: Plan, tense: ChangeTense): CardView['titles'] {
  const isAhead = tense === 'ahead';
  return {
    card: isAhead ? t('Proposal') : t('Change'),
    ...planTitles(plan.facts, tense),
    rules: isAhead ? t('Rules that say so') : t('Rules that said so'),
  };
}

/** What an action does, in the words for where its change stands. */
function actionSentence({ will, doing, done }: Sentences, state: ChangeState | undefined): string {
  if (state === 'succeeded') return done;
  return state === 'executing' || state === 'verifying' ? doing : will;
}

/** A card for the page. */
export function cardView(offer: Offer, links: LinkBook): CardView {
  const { plan, decision, change } = offer;
  const tense = change === undefined ? 'ahead' : changeTense(change.state);
  const objects = plan.actions.map(({ request: { target } }) => target);
  return {
    title: plan.actions.flatMap(({ sentences }, index) => [
      ...(index === 0 ? [] : [{ text: ' ' }]),
      ...linkedText(actionSentence(sentences, change?.state), objects, links),
    ]),
    titles: titlesOf(plan, tense),
    tone: change === undefined ? (decision.tier === 'forbidden' ? 'bad' : 'offered') : tones[change.state],
    standing: standingOf(offer),
    ...stepsOf(change),
    difference: plan.diff.slice(0, fieldsShown).map(({ object, path, before, after }) => ({
      path: oneLine(objects.length > 1 ? `${object.kind} ${object.name}: ${path}` : path, 200),
      before: value(before),
      after: value(after),
    })),
    differenceLeft: Math.max(0, plan.diff.length - fieldsShown),
    reach: reachLines(plan.facts, tense).map((line) => printable(line)),
    decision: decisionSentence(decision, tense),
    rules: decision.voices.map(({ rule, tier, why }) => printable(`${rule} (${tier}): ${why}`)),
    buttons: buttonsOf(offer),
  };
}

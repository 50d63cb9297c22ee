import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { causeLines } from '../render/cause-lines.ts';
import { cleared } from '../render/cleared.ts';
import { finish } from '../render/change-text.ts';
import { decisionLines, planLines } from '../render/plan-text.ts';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';
import type { ActionRequest, Fixable, Rehearsal } from './fixable.ts';
import { askedFor } from './given-values.ts';

export interface FixView {
  readonly look: Look;
  readonly everything: boolean;
  /** ISO 8601: what "ago" counts from. */
  readonly now: string;
}

function causeText(cause: Cause, { look, everything, now }: FixView): readonly string[] {
  // What to do is said by the plan below, or by the steps for people.
  return causeLines({ ...cause, nextSteps: [], changes: [] }, look, { everything, now });
}

function heading(look: Look, text: string): string {
  return paint(look, 'bold', text);
}

/** `--action set-environment --set value=…` for each way that waits for what a person gives. */
function openWays(open: Fixable['open']): readonly string[] {
  return open.map((way) => `--action ${way.request.action} ${askedFor(way)}`);
}

function otherWays(others: readonly ActionRequest[], open: Fixable['open'], { look }: FixView): readonly string[] {
  const ways = [...others.map(({ action }) => `--action ${action}`), ...openWays(open)];
  if (ways.length === 0) return [];
  return hang('   ', `Other ways: ${ways.join(', ')}.`, look.columns).map((line) => paint(look, 'dim', line));
}

/** Beside the cause (left out where it was shown before): what would be done about it exactly, how far that reaches, and who has to agree. */
export function fixText(
  given: {
    readonly cause: Cause | undefined;
    readonly rehearsal: Rehearsal;
    readonly others: readonly ActionRequest[];
    readonly open: Fixable['open'];
  },
  view: FixView,
): string {
  const {
    cause,
    rehearsal: { plan, decision },
    others,
    open,
  } = cleared(given);
  const { look, everything } = view;
  return finish(
    [
      ...(cause === undefined ? [] : [...causeText(cause, view), '']),
      heading(look, 'What Scarlet would do'),
      ...planLines(plan, look, { everything }),
      ...otherWays(others, open, view),
      '',
      heading(look, 'Who has to agree'),
      ...decisionLines(decision, look, { everything }),
    ],
    look,
  );
}

function focusText({ object: { kind, namespace, name } }: Cause): string {
  return `${kind.toLowerCase()}/${name}${namespace === '' ? '' : ` -n ${namespace}`}`;
}

/** A cause that only people can remove, with what they can do, and what else could be fixed. */
export function manualText(given: Fixable, fixable: readonly Fixable[], view: FixView): string {
  const { cause, manual, open } = cleared(given);
  const { look } = view;
  const others = cleared(fixable).filter((other) => other.proposals.length > 0);
  const label = `   ${paint(look, 'green', symbol(look, 'arrow'))} `;
  return finish(
    [
      ...causeText(cause, view),
      '',
      heading(look, 'Only a person can do this'),
      ...manual.flatMap((step) => hang(label, step, look.columns)),
      ...(open.length === 0
        ? []
        : [
            '',
            heading(look, 'With what you give, Scarlet can do it'),
            ...openWays(open).flatMap((way) => hang(label, `autodevops fix ${focusText(cause)} ${way}`, look.columns)),
          ]),
      ...(others.length === 0 ? [] : ['', heading(look, 'What can be fixed from here')]),
      ...others
        .slice(0, 5)
        .flatMap(({ cause: { title, object } }) => hang('   ', `${title}: ${refText(object)}`, look.columns)),
    ],
    look,
  );
}

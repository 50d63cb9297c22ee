import type { Change, ChangeState, StepOutcome } from '@autodevops/domain/change/change';
import { changeTense } from '@autodevops/domain/change/change-tense';
import { refText } from '@autodevops/domain/object-ref';
import { timeAgo } from '@autodevops/domain/time-ago';
import type { Look } from '../terminal/look.ts';
import { paint, plainAscii, symbol } from '../terminal/paint.ts';
import type { Paint, SymbolName } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { hang } from '../terminal/wrap.ts';
import { cleared } from './cleared.ts';
import { decisionLines, diffLines, planLines } from './plan-text.ts';

const indent = '   ';

interface Mark {
  readonly name: SymbolName;
  readonly style: Paint;
}

const good: Mark = { name: 'fine', style: 'green' };
const bad: Mark = { name: 'problem', style: 'red' };
const open: Mark = { name: 'note', style: 'yellow' };
const doubtful: Mark = { name: 'inconclusive', style: 'red' };
const over: Mark = { name: 'dash', style: 'dim' };

const marks: Readonly<Record<ChangeState, Mark>> = {
  proposed: open,
  waiting: open,
  approved: open,
  executing: open,
  verifying: open,
  undoing: open,
  succeeded: good,
  undone: bad,
  failed: bad,
  unknown: doubtful,
  rejected: over,
  forbidden: bad,
  expired: over,
  cancelled: over,
  superseded: over,
};

const outcomeMarks: Readonly<Record<StepOutcome, Mark>> = { done: good, 'not-done': bad, unknown: doubtful };

export function finish(lines: readonly string[], look: Look): string {
  const text = lines.map((line) => `${line}\n`).join('');
  return look.unicode ? text : plainAscii(text);
}

/** `✔ succeeded: …`: where a change stands. */
export function standingLines({ state, says }: Pick<Change, 'state' | 'says'>, look: Look): readonly string[] {
  const { name, style } = marks[state];
  return hang(`${symbol(look, name)}  `, `${state}: ${says}`, look.columns).map((line) => paint(look, style, line));
}

/** One step that ended or goes on. */
export function stepLines({ step, outcome, says }: Change['steps'][number], look: Look): readonly string[] {
  const { name, style } = outcome === undefined ? open : outcomeMarks[outcome];
  const back = step.direction === 'back' ? 'Taking back: ' : '';
  return hang(
    `${indent}${paint(look, style, symbol(look, name))} `,
    `${back}${says === '' ? 'is being sent' : says}`,
    look.columns,
  );
}

function title(look: Look, text: string): string {
  return paint(look, 'bold', text);
}

/** People give a reason with or without a full stop. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function reasonLines({ reason, requester }: Change, look: Look): readonly string[] {
  const { finding } = reason;
  const found =
    finding === undefined
      ? []
      : hang(
          `${indent}${symbol(look, 'bar')} `,
          `${finding.code} on ${refText(finding.object)} (${finding.confidence} confidence)`,
          look.columns,
        );
  return [
    ...hang(indent, `${sentence(reason.text)} Asked for by ${requester.name}.`, look.columns),
    ...found.map((line) => paint(look, 'dim', line)),
  ];
}

function approvalLines({ approvals }: Change, look: Look, now: string): readonly string[] {
  return approvals.flatMap(({ actor, time }) =>
    hang(
      `${indent}${paint(look, 'green', symbol(look, 'fine'))} `,
      `${actor.name} agreed ${timeAgo(time, now)}.`,
      look.columns,
    ),
  );
}

export interface ChangeView {
  readonly everything: boolean;
  /** ISO 8601: what "ago" counts from. */
  readonly now: string;
}

/** A change, whole: where it stands, why, what it does, who has to agree, what was done. */
export function renderChange(given: Change, look: Look, { everything, now }: ChangeView): string {
  const change = cleared(given);
  const { id, state, createdAt, decision, plan, steps, digest } = change;
  const tense = changeTense(state);
  const isAhead = tense === 'ahead';
  const seen = timeAgo(plan.facts.capturedAt, now);
  return finish(
    [
      title(look, `${id}  ${timeAgo(createdAt, now)}`),
      ...standingLines(change, look),
      '',
      title(look, isAhead ? 'Why' : `Why it was asked for, ${timeAgo(createdAt, now)}`),
      ...reasonLines(change, look),
      '',
      title(look, 'What'),
      ...planLines(plan, look, { everything, tense, seen }),
      ...(decision === undefined
        ? []
        : [
            '',
            title(look, isAhead ? 'Who has to agree' : 'Who had to agree'),
            ...decisionLines(decision, look, { everything, tense }),
            ...approvalLines(change, look, now),
          ]),
      ...(digest === '' ? [] : [paint(look, 'dim', `${indent}digest ${everything ? digest : digest.slice(0, 16)}`)]),
      ...(steps.length === 0 ? [] : ['', title(look, 'Steps'), ...steps.flatMap((step) => stepLines(step, look))]),
    ],
    look,
  );
}

/** The fields that differ, nothing else. */
export function renderDiff(change: Change, look: Look): string {
  const { diff } = cleared(change.plan);
  return finish(
    diff.length === 0 ? ["The server's dry run shows no field that differs."] : diffLines(diff, look, true),
    look,
  );
}

export interface ChangeLine {
  readonly id: string;
  readonly state: ChangeState;
  readonly updatedAt: string;
  readonly tier: string;
  readonly will: readonly string[];
}

export function renderChangeList(given: readonly ChangeLine[], look: Look, now: string): string {
  const rows = cleared(given).map(({ id, state, updatedAt, tier, will }) => [
    id,
    state,
    tier,
    timeAgo(updatedAt, now),
    will.join(' '),
  ]);
  return finish(
    rows.length === 0
      ? ['No change was ever proposed here.']
      : table(look, ['change', 'state', 'agree', 'when', 'what'], rows),
    look,
  );
}

import type { ChangeState } from '@autodevops/domain/change/change';
import { oneLine, printable } from '@autodevops/domain/printable';
import type { Icon } from '../contributions/icons.ts';
import type { ItemKind } from '../contributions/item-kinds.ts';
import { t } from '../language/translate.ts';
import type { Tint, TreeNode } from '../tree/node.ts';
import type { ChangeLine, ChangesState } from './changes-feed.ts';

interface Look {
  readonly icon: Icon;
  readonly tint: Tint;
  readonly kinds: readonly ItemKind[];
}

const looks: Readonly<Record<ChangeState, Look>> = {
  proposed: { icon: 'note', tint: 'information', kinds: ['waitingChange'] },
  waiting: { icon: 'bell', tint: 'warning', kinds: ['waitingChange'] },
  approved: { icon: 'check', tint: 'information', kinds: ['approvedChange'] },
  executing: { icon: 'sync~spin', tint: 'information', kinds: ['runningChange', 'undoableChange'] },
  verifying: { icon: 'watch', tint: 'information', kinds: ['runningChange', 'undoableChange'] },
  undoing: { icon: 'sync~spin', tint: 'warning', kinds: ['runningChange'] },
  succeeded: { icon: 'pass', tint: 'good', kinds: ['undoableChange'] },
  undone: { icon: 'discard', tint: 'quiet', kinds: [] },
  failed: { icon: 'error', tint: 'error', kinds: [] },
  unknown: { icon: 'question', tint: 'error', kinds: [] },
  rejected: { icon: 'close', tint: 'quiet', kinds: [] },
  forbidden: { icon: 'circle-slash', tint: 'quiet', kinds: [] },
  expired: { icon: 'watch', tint: 'quiet', kinds: [] },
  cancelled: { icon: 'close', tint: 'quiet', kinds: [] },
  superseded: { icon: 'history', tint: 'quiet', kinds: [] },
};

const waiting: readonly ChangeState[] = ['proposed', 'waiting'];
const underWay: readonly ChangeState[] = ['approved', 'executing', 'verifying', 'undoing'];

function tierText(tier: string): string {
  if (tier === 'one') return t('needs one yes');
  return tier === 'two' ? t('needs two yeses') : '';
}

function changeNode({ id, state, says, will, tier, updatedAt }: ChangeLine): TreeNode {
  const { icon, tint, kinds } = looks[state];
  const what = oneLine(will.join('; '), 200);
  const need = waiting.includes(state) ? tierText(tier) : '';
  return {
    id: `change/${id}`,
    label: what === '' ? id : what,
    description: [need, oneLine(says, 160)].filter((one) => one !== '').join(' · '),
    tooltip: [...will.map((one) => printable(one)), printable(says), id, updatedAt],
    icon,
    tint,
    kinds: ['change', ...kinds],
    subject: { type: 'change', id },
    opens: 'autodevops.showChange',
    spoken: t('{0}, {1}', what, oneLine(says, 160)),
  };
}

function group(
  id: string,
  label: string,
  lines: readonly ChangeLine[],
  icon: Icon,
  expanded: boolean,
): readonly TreeNode[] {
  if (lines.length === 0) return [];
  return [
    {
      id: `group/${id}`,
      label,
      description: String(lines.length),
      icon,
      kinds: [],
      expanded,
      children: () => lines.map(changeNode),
    },
  ];
}

function killSwitchNode({
  killSwitch: { on, by, why, since },
}: Extract<ChangesState, { kind: 'known' }>): readonly TreeNode[] {
  if (!on) return [];
  return [
    {
      id: 'kill-switch',
      label: t('The kill switch is on: nothing is changed'),
      description: [printable(by), printable(why)].filter((one) => one !== '').join(': '),
      tooltip: [since],
      icon: 'stop-circle',
      tint: 'error',
      kinds: [],
      opens: 'autodevops.killSwitch',
    },
  ];
}

/** What the view *Changes* shows. */
export function changeNodes(state: ChangesState): readonly TreeNode[] {
  if (state.kind !== 'known') return [];
  const of = (states: readonly ChangeState[]): readonly ChangeLine[] =>
    state.lines.filter((line) => states.includes(line.state));
  const past = state.lines.filter((line) => !waiting.includes(line.state) && !underWay.includes(line.state));
  return [
    ...killSwitchNode(state),
    ...group('waiting', t('Waiting for a yes'), of(waiting), 'bell', true),
    ...group('running', t('Under way'), of(underWay), 'sync', true),
    ...group('history', t('History'), past, 'history', of(waiting).length + of(underWay).length === 0),
  ];
}

export function waitingLines(state: ChangesState): readonly ChangeLine[] {
  return state.kind === 'known' ? state.lines.filter((line) => waiting.includes(line.state)) : [];
}

/** The change that *Undo Last Change* takes back: the newest that succeeded, or that is being carried out. */
export function lastUndoable(lines: readonly ChangeLine[]): ChangeLine | undefined {
  return lines
    .filter((line) => looks[line.state].kinds.includes('undoableChange'))
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0];
}

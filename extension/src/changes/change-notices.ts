import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import type { WindowParts } from '../window-parts.ts';
import { waitingLines } from './change-nodes.ts';
import type { ChangeLine, ChangesState } from './changes-feed.ts';
import { ToldChanges } from './told-changes.ts';

type Needs = Pick<WindowParts, 'changes' | 'kept' | 'people' | 'settings'>;

/** Says that somebody turned the kill switch on: what is waited for does not go on. */
async function tellKillSwitch(
  { people }: Pick<WindowParts, 'people'>,
  before: ChangesState,
  state: ChangesState,
): Promise<void> {
  if (before.kind !== 'known' || state.kind !== 'known' || before.killSwitch.on || !state.killSwitch.on) return;
  const { by, why, yours } = state.killSwitch;
  if (yours === true) return;
  await people.tell(
    'warning',
    t('{0} turned the kill switch on, and nothing is changed any more: {1}', oneLine(by, 80), oneLine(why, 160)),
  );
}

/** What only this person can move on. Who asked for a change knows that it waits, in whichever window or at whichever prompt that was. */
function needsThisPerson({ awaitsYou, yours }: ChangeLine): boolean {
  return awaitsYou && !yours;
}

function noticeOf(lines: readonly [ChangeLine, ...ChangeLine[]]): string {
  const [{ askedBy, will }] = lines;
  return lines.length === 1
    ? t('{0} asks for your yes: {1}', oneLine(askedBy, 80), oneLine(will.join('; '), 160))
    : t('{0} changes wait for your yes.', lines.length);
}

/**
 * Interrupts a person for what needs them, once: a change of somebody else that waits for their yes, and the kill
 * switch. `open` shows the change. Gives what ends it.
 */
export function noticeChanges(parts: Needs, open: (id: string) => void): () => void {
  const told = new ToldChanges(parts.kept);
  const tell = async (lines: readonly [ChangeLine, ...ChangeLine[]]): Promise<void> => {
    const show = t('Show');
    if ((await parts.people.tell('information', noticeOf(lines), [show])) === show) open(lines[0].id);
  };
  const look = async (state: ChangesState): Promise<void> => {
    if (parts.settings().notifications === 'none') return;
    const waiting = waitingLines(state).filter(needsThisPerson);
    const fresh = await told.fresh(waiting.map(({ id }) => id));
    const [first, ...others] = waiting.filter(({ id }) => fresh.includes(id));
    // Nobody has to answer one notice before the next can come.
    if (first !== undefined) void tell([first, ...others]).catch(() => undefined);
  };
  let last = Promise.resolve();
  let before = parts.changes.state.value;
  return parts.changes.state.subscribe((state) => {
    if (parts.settings().notifications !== 'none') void tellKillSwitch(parts, before, state);
    before = state;
    // One after the other: what is told is written down before the next look.
    last = last.then(async () => await look(state)).catch(() => undefined);
  });
}

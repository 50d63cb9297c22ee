import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import type { WindowParts } from '../window-parts.ts';
import { waitingLines } from './change-nodes.ts';
import type { ChangesState } from './changes-feed.ts';

type Needs = Pick<WindowParts, 'changes' | 'ownChanges' | 'people' | 'settings'>;

/** Says that somebody turned the kill switch on: what is waited for does not go on. */
async function tellKillSwitch({ people }: Pick<WindowParts, 'people'>, before: ChangesState, state: ChangesState): Promise<void> {
  if (before.kind !== 'known' || state.kind !== 'known' || before.killSwitch.on || !state.killSwitch.on) return;
  const { by, why } = state.killSwitch;
  await people.tell('warning', t('{0} turned the kill switch on, and nothing is changed any more: {1}', oneLine(by, 80), oneLine(why, 160)));
}

/**
 * Interrupts a person for what needs one, once: a change that waits for a yes, and the kill
 * switch. `open` shows the change. Gives what ends it.
 */
export function noticeChanges(parts: Needs, open: (id: string) => void): () => void {
  const tell = async (state: ChangesState): Promise<void> => {
    if (parts.settings().notifications === 'none') return;
    const waiting = waitingLines(state);
    const unknown = await parts.ownChanges.fresh(waiting.map(({ id }) => id));
    const fresh = waiting.filter(({ id }) => unknown.includes(id));
    const [first] = fresh;
    if (first === undefined) return;
    const text = fresh.length === 1 ? t('A change waits for a yes: {0}', oneLine(first.will.join('; '), 160)) : t('{0} changes wait for a yes.', fresh.length);
    const show = t('Show');
    if ((await parts.people.tell('information', text, [show])) === show) open(first.id);
  };
  let last = Promise.resolve();
  let before = parts.changes.state.value;
  return parts.changes.state.subscribe((state) => {
    if (parts.settings().notifications !== 'none') void tellKillSwitch(parts, before, state);
    before = state;
    // One after the other: what is told is written down before the next look.
    last = last.then(async () => await tell(state)).catch(() => undefined);
  });
}

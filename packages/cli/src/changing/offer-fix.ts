import { printable } from '@autodevops/domain/printable';
import type { CommandRun } from '../command.ts';
import { fixCause } from './fix.ts';
import { findFixes } from './fixable.ts';
import { wrap } from '../terminal/wrap.ts';
import { withAgent } from './with-agent.ts';

/**
 * Offers to repair the first problem of the sample that Scarlet can do something about, and does it on a yes. The
 * diagnosis was shown before.
 */
export async function offerSampleFix(run: CommandRun<unknown>): Promise<void> {
  const { surroundings, signal, look } = run;
  await withAgent(run, { sample: true }, async (door) => {
    const fixes = await findFixes(door.client, { focus: [], namespaces: undefined }, signal);
    const fixable = fixes.fixes.find(({ proposals }) => proposals.length > 0);
    if (fixable === undefined) return;
    const {
      cause: { rank, title },
    } = fixable;
    const offer = `Problem ${rank} (${printable(title)}) can be repaired from here: the sample takes changes until this command ends.`;
    surroundings.stdout.write(`\n${wrap(offer, look.columns).join('\n')}\n\n`);
    const view = { look, everything: false, now: fixes.diagnosis.observed.capturedAt };
    const { outcome } = await fixCause(fixable, fixable.proposals, {
      door,
      surroundings,
      signal,
      view,
      shows: true,
      knowsCause: true,
      yes: false,
      flags: '',
    });
    if (outcome === 'declined') surroundings.stdout.write('Nothing was changed.\n');
  });
}

import { z } from 'zod';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { Surroundings } from '../handling/handler.ts';
import { awaySummary } from '../rendering/incident/away-summary.ts';
import { keptNote } from '../threads/kept-note.ts';
import type { Click } from './click.ts';
import { whisperTo } from './whisper.ts';

const Seen = z.strictObject({ at: z.string(), number: z.int().min(0) });
/** In milliseconds: who did something in the thread so lately knows what happened. */
const shortly = 15 * 60_000;
const mostRows = 100;

/**
 * Tells who takes an incident up, or does something for it after long, what happened meanwhile. `before`: the incident
 * as it was before he did it.
 */
export async function sayWhatWasMissed(before: Incident, click: Click, surroundings: Surroundings): Promise<void> {
  const {
    store: { notes },
    customer,
    actor,
    now,
  } = surroundings;
  const kept = await keptNote(notes, customer, `seen/${before.id}/${actor.account}`, Seen);
  const at = now().toISOString();
  const last = kept.value ?? { at: before.openedAt, number: 0 };
  await kept.put({ at, number: Math.max(0, ...before.timeline.map(({ number }) => number)) });
  if (now().getTime() - Date.parse(last.at) < shortly) return;
  // What the journal of a change tells has no number in the incident's.
  const rows = before.timeline
    .filter(({ number, time }) => (number === 0 ? time > last.at : number > last.number))
    .slice(-mostRows);
  if (rows.length > 0) await whisperTo(click, awaySummary(before.title, rows, last.at), surroundings);
}

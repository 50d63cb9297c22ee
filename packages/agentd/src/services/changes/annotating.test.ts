import { describe, expect, it } from 'vitest';
import type { Annotation } from '@autodevops/domain/ports/signals';
import { startAnnotating } from './annotating.ts';
import type { EndedChange } from './annotating.ts';

async function noted(
  changes: readonly EndedChange[],
  fails = false,
): Promise<{ readonly notes: readonly Omit<Annotation, 'id'>[]; readonly logged: readonly string[] }> {
  const notes: Omit<Annotation, 'id'>[] = [];
  const logged: string[] = [];
  const annotating = startAnnotating({
    now: () => 1_000,
    log: (message, { says = '' }) => void logged.push(`${message}: ${says}`),
    panels: {
      annotate: async (note) => {
        if (fails) throw new Error('Grafana is away');
        return await Promise.resolve(notes.push(note));
      },
    },
  });
  for (const change of changes) annotating.note(change);
  await annotating.close();
  return { notes, logged };
}

describe('changes in Grafana', () => {
  it('are noted when something is otherwise than before', async () => {
    const { notes } = await noted([
      { id: 'chg-1', state: 'succeeded', says: 'Scaled.' },
      { id: 'chg-2', state: 'rejected', says: 'No.' },
      { id: 'chg-3', state: 'undone', says: 'It did not help.' },
    ]);
    expect(notes).toEqual([
      { time: 1_000, text: 'chg-1 succeeded: Scaled.', tags: ['autodevops', 'succeeded'] },
      { time: 1_000, text: 'chg-3 undone: It did not help.', tags: ['autodevops', 'undone'] },
    ]);
  });

  it('hold no secret and nothing that drives a terminal', async () => {
    const { notes } = await noted([{ id: 'chg-1', state: 'failed', says: 'password=hunter2hunter2 \u001b[2J' }]);
    expect(notes[0]?.text).not.toMatch(/hunter2|\u001b/u);
  });

  it('are no reason to stop when they cannot be noted', async () => {
    expect((await noted([{ id: 'chg-1', state: 'failed', says: 'x' }], true)).logged).toEqual([
      'a change could not be noted in Grafana: Grafana is away',
    ]);
  });
});

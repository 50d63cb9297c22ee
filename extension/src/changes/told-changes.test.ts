import { describe, expect, it } from 'vitest';
import { memoryKept } from '../testing/memory-kept.ts';
import { ToldChanges } from './told-changes.ts';

describe('changes that a person was told of', () => {
  it('are fresh once, also in the next session of the workspace', async () => {
    const kept = memoryKept();
    expect(await new ToldChanges(kept).fresh(['chg-one000'])).toEqual(['chg-one000']);
    expect(await new ToldChanges(kept).fresh(['chg-one000', 'chg-two000'])).toEqual(['chg-two000']);
  });

  it('do not grow without end, and what was kept by something else is passed over', async () => {
    const kept = memoryKept({ toldChanges: ['chg-old000', 7] });
    const told = new ToldChanges(kept);
    await told.fresh(Array.from({ length: 300 }, (_, index) => `chg-${index}`));
    expect(kept.get('toldChanges')).toHaveLength(200);
    expect(await told.fresh(['chg-299'])).toEqual([]);
  });
});

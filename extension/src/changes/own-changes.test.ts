import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { memoryKept } from '../testing/memory-kept.ts';
import { sampleChange } from '../testing/sample-change.ts';
import { stubAgent } from '../testing/stub-agent.ts';
import { OwnChanges } from './own-changes.ts';

const { signal } = new AbortController();
const proposal = { body: { requests: [], reason: 'it helps' } };

describe('changes that a window knows of', () => {
  it('are those that it asked for, in whatever way', async () => {
    const own = new OwnChanges(memoryKept());
    const client = own.noting(stubAgent({ propose: sampleChange({ id: 'chg-one000' }), undo: sampleChange({ id: 'chg-two000' }), proposePostMortem: sampleChange({ id: 'chg-three0' }) }).client);
    await client.propose(proposal, { signal });
    await client.undo({ params: { id: 'chg-zero00' }, body: { why: 'no' } }, { signal });
    await client.proposePostMortem({ params: { id: 'inc-one000' }, body: { repository: 'shop' } }, { signal });
    expect(await own.fresh(['chg-one000', 'chg-two000', 'chg-three0', 'chg-theirs'])).toEqual(['chg-theirs']);
  });

  it('are fresh once, also in the next session of the workspace', async () => {
    const kept = memoryKept();
    expect(await new OwnChanges(kept).fresh(['chg-one000'])).toEqual(['chg-one000']);
    expect(await new OwnChanges(kept).fresh(['chg-one000', 'chg-two000'])).toEqual(['chg-two000']);
  });

  it('are not held up by a proposal that failed, which fails as it did', async () => {
    const own = new OwnChanges(memoryKept());
    const refused = new AutoDevOpsError('change.refused', 'No.', '');
    const client = own.noting({ ...stubAgent({}).client, propose: async () => await Promise.reject(refused) });
    const proposed = client.propose(proposal, { signal });
    const fresh = own.fresh(['chg-theirs']);
    await expect(proposed).rejects.toBe(refused);
    expect(await fresh).toEqual(['chg-theirs']);
  });

  it('do not grow without end, and what was kept by something else is passed over', async () => {
    const kept = memoryKept({ toldChanges: ['chg-old000', 7] });
    const own = new OwnChanges(kept);
    await own.fresh(Array.from({ length: 300 }, (_, index) => `chg-${index}`));
    expect(kept.get('toldChanges')).toHaveLength(200);
    expect(await own.fresh(['chg-299'])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { listMessage } from './failure-message.ts';

const error = new AutoDevOpsError('agent.unreachable', 'No agent \u001B[31manswers.', 'Start it.');

describe('the line over a list', () => {
  it('says why there is none, and what to do', () => {
    expect(listMessage({ kind: 'failed', error })).toBe(String.raw`No agent \x1b[31manswers. Start it.`);
  });

  it('says why it is not current, and what to do', () => {
    expect(listMessage({ kind: 'known', stale: error })).toBe(
      String.raw`Not current: No agent \x1b[31manswers. Start it.`,
    );
  });

  it('is empty where the list is current, or was not asked for', () => {
    expect(listMessage({ kind: 'known' })).toBeUndefined();
    expect(listMessage({ kind: 'unasked' })).toBeUndefined();
  });
});

import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { expect, it } from 'vitest';
import { inboundEvent } from '../testing/surroundings.ts';
import { endAfterFailure } from './failed-event.ts';

it('what a person typed is quoted to him, and to no log', async () => {
  const { inbox } = createMemoryBotStore();
  await inbox.accept(inboundEvent());
  const [event] = await inbox.claim({ holder: 'w1', milliseconds: 1000, limit: 1 });
  const logged: unknown[] = [];
  const told: unknown[] = [];
  const error = new AutoDevOpsError('usage', '/autodevops knows no word ABCDE-FGHJK.', '');
  const ended = await endAfterFailure(event ?? expect.fail('nothing was claimed'), { error, isLate: false, isStopping: false }, {
    inbox, holder: 'w1', deadline: 1000, attempts: 3, now: () => 0,
    tell: async (_event, failure) => void told.push(failure),
    log: (...line) => void logged.push(line),
  });
  expect([ended, told]).toEqual(['told', [error]]);
  expect(JSON.stringify(logged)).not.toContain('ABCDE');
});

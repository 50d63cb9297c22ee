import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClaimedEvent } from '@autodevops/domain/ports/bot-store';
import { describe, expect, it } from 'vitest';
import { SlackFailure } from '../slack/slack-failure.ts';
import { inboundEvent } from '../testing/surroundings.ts';
import { endAfterFailure } from './failed-event.ts';
import type { EndingChoice } from './failed-event.ts';

const away = new AutoDevOpsError(
  'agent.unreachable',
  'The agent does not answer (ECONNREFUSED).',
  'See `autodevops agent status`.',
);

interface Failed {
  readonly outcomes: readonly string[];
  /** Sentences that the person was told, in order. */
  readonly told: readonly string[];
  readonly dead: number;
}

/** An event fails with the same error until it is over. `tell`: throws where the person cannot be told. */
async function failing(
  error: unknown,
  { attempts = 5, tell = async () => {} }: { readonly attempts?: number; readonly tell?: EndingChoice['tell'] } = {},
): Promise<Failed> {
  let now = Date.now();
  const { inbox } = createMemoryBotStore({ now: () => now });
  const outcomes: string[] = [];
  const told: string[] = [];
  await inbox.accept(inboundEvent({ handler: 'action.approve-change' }));
  const claimed = async (): Promise<ClaimedEvent | undefined> =>
    (await inbox.claim({ holder: 'w1', milliseconds: 1000, limit: 1 }))[0];
  for (let event = await claimed(); event !== undefined; event = await claimed()) {
    outcomes.push(
      await endAfterFailure(
        event,
        { error, isLate: false, isStopping: false },
        {
          inbox,
          holder: 'w1',
          deadline: 1000,
          attempts,
          now: () => now,
          log: () => {},
          tell: async (one, failure) => {
            await tell(one, failure);
            told.push(failure instanceof Error ? failure.message : String(failure));
          },
        },
      ),
    );
    now += 600_000;
  }
  return { outcomes, told, dead: (await inbox.dead(10)).length };
}

describe('an event that its agent does not answer', () => {
  it('is tried again while an agent may be started anew, and who acted hears that first', async () => {
    const { outcomes, told, dead } = await failing(away);
    expect(outcomes).toEqual(['later', 'later', 'later', 'told']);
    expect(told).toEqual(['The agent does not answer at the moment.', away.message]);
    expect(dead).toBe(0);
  });

  it('is not tried more often than any other', async () => {
    expect((await failing(away, { attempts: 2 })).outcomes).toEqual(['later', 'told']);
  });
});

describe('what went wrong', () => {
  const refused = new AutoDevOpsError('change.refused', 'No.', 'Ask.');

  it('is told once, and then the event is over', async () => {
    expect(await failing(refused)).toEqual({ outcomes: ['told'], told: ['No.'], dead: 0 });
  });

  it('is told when Slack is back', async () => {
    let tries = 0;
    const tell = async (): Promise<void> => {
      tries += 1;
      if (tries < 3) throw new SlackFailure('later', 'unreachable');
    };
    expect(await failing(refused, { tell })).toEqual({ outcomes: ['later', 'later', 'told'], told: ['No.'], dead: 0 });
  });

  it('and can be told in no way, or is one of a flood, ends all the same', async () => {
    for (const failure of [new SlackFailure('refused', 'expired_url'), new SlackFailure('later', 'ratelimited')]) {
      expect(
        (
          await failing(refused, {
            tell: async () => {
              throw failure;
            },
          })
        ).outcomes,
      ).toEqual(['told']);
    }
  });
});

it('what a person typed is quoted to him, and to no log', async () => {
  const { inbox } = createMemoryBotStore();
  await inbox.accept(inboundEvent());
  const [event] = await inbox.claim({ holder: 'w1', milliseconds: 1000, limit: 1 });
  const logged: unknown[] = [];
  const told: unknown[] = [];
  const error = new AutoDevOpsError('usage', '/autodevops knows no word ABCDE-FGHJK.', '');
  const ended = await endAfterFailure(
    event ?? expect.fail('nothing was claimed'),
    { error, isLate: false, isStopping: false },
    {
      inbox,
      holder: 'w1',
      deadline: 1000,
      attempts: 3,
      now: () => 0,
      tell: async (_event, failure) => void told.push(failure),
      log: (...line) => void logged.push(line),
    },
  );
  expect([ended, told]).toEqual(['told', [error]]);
  expect(JSON.stringify(logged)).not.toContain('ABCDE');
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { handler } from '../handling/handler.ts';
import { registryOf } from '../handling/registry.ts';
import { intake, NotKept, WrongApp } from './intake.ts';
import type { Intake } from './intake.ts';
import { arrivalLimiter, personLimit, workspaceLimit } from './arrival-limit.ts';

const form = z.looseObject({ view: z.looseObject({ private_metadata: z.string().regex(/^inc-[a-z0-9]+$/) }) });

interface Gate {
  readonly take: (body: Record<string, unknown>, app?: string) => Promise<readonly unknown[]>;
  readonly kept: readonly string[];
  store: 'well' | 'away' | 'slow';
  isBusy: boolean;
}

function gate(): Gate {
  const memory = createMemoryBotStore();
  const kept: string[] = [];
  const made: Gate = { store: 'well', isBusy: false, kept, take: async () => [] };
  const nothing = async (): Promise<void> => {};
  const taking: Intake = intake({
    inbox: {
      accept: async (event, hold) => {
        if (made.store === 'away') throw new Error('away');
        if (made.store === 'slow') {
          await new Promise((resolve) => {
            setTimeout(resolve, 200);
          });
        }
        const isNew = await memory.inbox.accept(event, hold);
        if (isNew && hold === undefined) kept.push(`later ${event.handler}`);
        return isNew;
      },
    },
    registry: registryOf([
      handler({ name: 'command./jamie', payload: z.looseObject({}), need: 'read', handle: nothing }),
      handler({ name: 'event.app_mention', payload: z.looseObject({}), need: 'read', handle: nothing }),
      handler({
        name: 'event.message',
        payload: z.looseObject({}),
        need: 'read',
        refusesQuietly: true,
        handle: nothing,
      }),
      handler({ name: 'view.resolve', payload: form, need: 'act', handle: nothing }),
    ]),
    allow: arrivalLimiter(personLimit(3), () => 0),
    allowWorkspace: arrivalLimiter(workspaceLimit(60), () => 0),
    now: () => new Date(0),
    patience: 50,
    count: () => {},
    holdFor: () => (made.isBusy ? undefined : { holder: 'here', milliseconds: 1000 }),
    begin: ({ handler: name }) => void kept.push(name),
  });
  return Object.assign(made, {
    take: async (body: Record<string, unknown>, app = 'A1') => {
      const answers: unknown[] = [];
      await taking.take(body, app, async (answer) => void answers.push(answer));
      return answers;
    },
  });
}

const command = (trigger: string, name = '/jamie', user = 'U1', team = 'T1'): Record<string, unknown> => ({
  command: name,
  text: '',
  trigger_id: trigger,
  api_app_id: 'A1',
  team_id: team,
  user_id: user,
});
const mention = {
  type: 'event_callback',
  event_id: 'Ev1',
  api_app_id: 'A1',
  team_id: 'T1',
  event: { type: 'app_mention', user: 'U1' },
};
const submission = (metadata: string): Record<string, unknown> => ({
  type: 'view_submission',
  api_app_id: 'A1',
  team: { id: 'T1' },
  user: { id: 'U1' },
  view: { id: 'V1', hash: 'h', callback_id: 'resolve', private_metadata: metadata, state: { values: { why: {} } } },
});

describe('what Slack sends', () => {
  it('is answered once it was kept, and worked on', async () => {
    const { take, kept } = gate();
    expect(await take(command('1'))).toEqual([undefined]);
    expect(kept).toEqual(['command./jamie']);
  });

  it('again is answered, and not worked on again', async () => {
    const { take, kept } = gate();
    for (let time = 0; time < 5; time += 1) expect(await take(mention)).toEqual([undefined]);
    expect(kept).toEqual(['event.app_mention']);
  });

  it('for another app than it came for is refused', async () => {
    const { take, kept } = gate();
    await expect(take(command('1'), 'A2')).rejects.toBeInstanceOf(WrongApp);
    expect(kept).toEqual([]);
  });

  it('is not taken while the store is away: people are told, events are to be sent again', async () => {
    const the = gate();
    the.store = 'away';
    expect(await the.take(command('1'))).toMatchObject([{ response_type: 'ephemeral' }]);
    expect(await the.take(submission('inc-1'))).toMatchObject([
      { response_action: 'errors', errors: { why: expect.stringContaining('could not be kept') as string } },
    ]);
    await expect(the.take(mention)).rejects.toBeInstanceOf(NotKept);
    the.store = 'slow';
    await expect(the.take(mention)).rejects.toBeInstanceOf(NotKept);
    expect(the.kept).toEqual([]);
  });

  it('a menu of options gets none, an unknown command a sentence, what nobody handles a nod', async () => {
    const { take, kept } = gate();
    expect(await take({ type: 'block_suggestion', api_app_id: 'A1' })).toEqual([{ options: [] }]);
    expect(await take(command('1', '/other'))).toMatchObject([{ text: expect.stringContaining('/other') as string }]);
    expect(await take({ ...mention, event: { type: 'team_rename' } })).toEqual([undefined]);
    expect(await take({ type: 'surprise', api_app_id: 'A1' })).toEqual([undefined]);
    expect(kept).toEqual([]);
  });

  it('a form whose hidden part was tampered with, or of an older version, stays open with a sentence', async () => {
    const { take, kept } = gate();
    for (const metadata of ['inc-1; drop', '{"customer":"other"}', '']) {
      expect(await take(submission(metadata))).toMatchObject([{ response_action: 'errors' }]);
    }
    expect(kept).toEqual([]);
    expect(await take(submission('inc-1'))).toEqual([undefined]);
    expect(kept).toEqual(['view.resolve']);
  });

  it('of people who write much to each other is dropped without a word, and counts for nothing else', async () => {
    const { take, kept } = gate();
    for (let nth = 0; nth < 10; nth += 1) {
      await take({
        ...mention,
        event_id: `Ev${nth}`,
        event: { type: 'message', channel_type: 'channel', user: 'U1', thread_ts: '1.1' },
      });
    }
    expect(kept).toEqual(['event.message', 'event.message', 'event.message']);
    await take({ ...mention, event_id: 'another' });
    expect(kept.at(-1)).toBe('event.app_mention');
  });

  it('is kept to be found in its turn where there is no room to begin it', async () => {
    const the = gate();
    the.isBusy = true;
    expect(await the.take(command('1'))).toEqual([undefined]);
    expect(the.kept).toEqual(['later command./jamie']);
  });

  it('of one person beyond the limit is told once, and dropped', async () => {
    const { take, kept } = gate();
    for (let nth = 0; nth < 10; nth += 1) await take({ ...mention, event_id: `Ev${nth}` });
    expect(kept).toEqual(['event.app_mention', 'event.app_mention', 'event.app_mention', 'limit.reached']);
  });

  it('as a command beyond the limit is answered with a sentence at once, and nothing of it is kept', async () => {
    const { take, kept } = gate();
    const answers: unknown[] = [];
    for (let nth = 0; nth < 5; nth += 1) answers.push(...(await take(command(`t${nth}`))));
    const refusal = {
      response_type: 'ephemeral',
      text: 'That is more at once than I can answer. Wait a minute, then ask again.',
    };
    expect(answers).toEqual([undefined, undefined, undefined, refusal, refusal]);
    expect(kept).toEqual(['command./jamie', 'command./jamie', 'command./jamie']);
  });

  it('as a form beyond the limit stays open with a sentence, so that nothing that was typed is lost', async () => {
    const { take, kept } = gate();
    const answers: unknown[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      answers.push(
        ...(await take({
          ...submission('inc-1'),
          view: { ...(submission('inc-1')['view'] as object), hash: `h${nth}` },
        })),
      );
    }
    expect(answers).toMatchObject([
      undefined,
      undefined,
      undefined,
      { response_action: 'errors', errors: { why: expect.stringContaining('Wait a minute') as string } },
    ]);
    expect(kept).toEqual(['view.resolve', 'view.resolve', 'view.resolve']);
  });

  it('by very many people of a workspace is shed, and neither clicks there nor another workspace notice it', async () => {
    const { take, kept } = gate();
    for (let nth = 0; nth < 100; nth += 1) await take(command(`t${nth}`, '/jamie', `U${nth}`));
    expect(kept).toHaveLength(10);
    await take({ ...mention, event_id: 'mention', event: { type: 'app_mention', user: 'U200' } });
    await take({ ...submission('inc-1'), user: { id: 'U201' } });
    await take(command('elsewhere', '/jamie', 'U1', 'T2'));
    expect(kept.slice(10)).toEqual(['event.app_mention', 'view.resolve', 'command./jamie']);
  });
});

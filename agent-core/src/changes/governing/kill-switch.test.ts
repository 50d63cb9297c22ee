import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { killSwitch, killSwitchSetting, refuseWhileOn, turnKillSwitch } from './kill-switch.ts';
import { ann, bob, noon } from '../testing/samples.ts';

describe('the kill switch', () => {
  it('is off until somebody turns it on', async () => {
    expect(await killSwitch(createMemoryStore().settings)).toEqual({ on: false, by: '', why: '', since: '' });
  });

  it('is on for every process and after a restart, and says who and why', async () => {
    const store = createMemoryStore();
    await turnKillSwitch(store.settings, { on: true, actor: ann, why: 'Odd things happen.', now: noon });
    const elsewhere = await killSwitch(store.again().settings);
    expect(elsewhere).toEqual({
      on: true,
      by: 'ann',
      account: ann.account,
      why: 'Odd things happen.',
      since: '2026-01-01T12:00:00.000Z',
    });
    expect(() => refuseWhileOn(elsewhere)).toThrow('The kill switch is on (ann): Odd things happen.');
    await turnKillSwitch(store.settings, { on: false, actor: bob, why: '', now: noon });
    expect(() => refuseWhileOn({ on: false, by: '', why: '', since: '' })).not.toThrow();
    expect((await killSwitch(store.settings)).on).toBe(false);
  });

  it('is audited and told in the moment that it is turned', async () => {
    const store = createMemoryStore();
    await turnKillSwitch(store.settings, { on: true, actor: ann, why: 'x', now: noon });
    await turnKillSwitch(store.settings, { on: false, actor: ann, why: '', now: noon });
    expect((await store.audit.rows({ from: 1, limit: 9 })).map(({ entry: { code, says } }) => [code, says])).toEqual([
      ['KSW001', 'ann turned the kill switch on: x'],
      ['KSW002', 'ann turned the kill switch off.'],
    ]);
    expect((await store.outbox.after(0, 9)).map(({ topic }) => topic)).toEqual(['kill-switch.on', 'kill-switch.off']);
  });

  it('counts as on when what is stored cannot be understood', async () => {
    for (const odd of [true, 'off', { on: 'no' }, { on: false }, 0]) {
      const store = createMemoryStore();
      await store.settings.put(killSwitchSetting, odd, []);
      expect((await killSwitch(store.settings)).on).toBe(true);
    }
  });

  it('is not turned when that cannot be written to the audit log', async () => {
    const store = createMemoryStore({
      beforeWrite: () => {
        throw new Error('full');
      },
    });
    await expect(turnKillSwitch(store.settings, { on: true, actor: ann, why: '', now: noon })).rejects.toThrow('full');
    expect((await killSwitch(store.settings)).on).toBe(false);
  });
});

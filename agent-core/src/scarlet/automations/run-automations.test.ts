import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { automationMemorySetting } from './run-automations.ts';
import {
  automation,
  automationScene,
  cause,
  deed,
  diagnosis,
  memory,
  noon,
  proposal,
  ref,
} from './testing/automation-scene.ts';

const stuck = cause('stuck', { changes: [proposal('rollout-undo', { toRevision: 3 })] });
const sick = diagnosis([stuck]);
const well = diagnosis([]);

describe('an automation', () => {
  it('proposes what Jamie proposes once the finding has lasted, in its own name and with the evidence', async () => {
    const { look, proposals } = automationScene([automation()]);
    expect((await look(0, sick)).held).toEqual([
      { automation: 'undo', finding: 'stuck Deployment/shop/web', why: 'The finding has to last 60 more seconds.' },
    ]);
    expect((await look(59, sick)).proposed).toEqual([]);
    expect((await look(1, sick)).proposed).toMatchObject([{ id: 'chg-1', state: 'approved' }]);
    expect(proposals).toEqual([
      {
        requests: [{ action: 'rollout-undo', target: stuck.object, params: { toRevision: 3 } }],
        requester: {
          kind: 'automation',
          account: 'automation:undo',
          person: '',
          name: 'undo',
          roles: [],
          surface: 'automation',
        },
        reason: {
          text: 'It is stuck.',
          finding: { code: 'stuck', object: stuck.object, confidence: 'high', evidence: [] },
        },
        idempotencyKey: 'automation/undo/stuck Deployment/shop/web/2026-01-01T12:00:00.000Z',
      },
    ]);
  });

  it('begins to count anew when the finding was away, or nobody looked for long', async () => {
    const { look, proposals } = automationScene([automation()]);
    await look(0, sick);
    await look(50, well);
    await look(5, sick);
    await look(50, sick);
    expect(proposals).toEqual([]);
    await look(3600, sick);
    expect(proposals).toEqual([]);
    await look(60, sick);
    expect(proposals).toHaveLength(1);
  });

  it('does not take a clock that is set for time that has passed', async () => {
    for (const set of [300, 86_400, -300]) {
      const { look, proposals, setClock } = automationScene([automation()]);
      await look(0, sick);
      setClock(set);
      expect((await look(30, sick)).held[0]?.why).toBe('The finding has to last 30 more seconds.');
      await look(30, sick);
      expect(proposals).toHaveLength(1);
    }
  });

  it('believes no more than a minute of what another process saw, whose clock may differ', async () => {
    const first = automationScene([automation({ when: { ...automation().when, lasts: 100 } })]);
    await first.look(0, sick);
    const stored = await first.store.settings.get(automationMemorySetting);
    const second = automationScene([automation({ when: { ...automation().when, lasts: 100 } })], { holder: 'two' });
    await second.store.settings.put(automationMemorySetting, stored, []);
    second.setClock(300);
    expect((await second.look(0, sick)).held[0]?.why).toBe('The finding has to last 40 more seconds.');
  });

  it('does one thing about one spell of a finding', async () => {
    const { look, proposals, states } = automationScene([automation()]);
    await look(0, sick);
    await look(60, sick);
    await look(60, sick);
    states.set('chg-1', 'undone');
    const { held } = await look(60, sick);
    expect(proposals).toHaveLength(1);
    expect(held[0]?.why).toBe('It has done what it does about this: It is undone.');
  });

  it('is silent at another level of autonomy, and when it is off', async () => {
    for (const [changes, level] of [
      [{}, 'production'],
      [{}, 'assist'],
      [{ mode: 'off' }, 'development'],
    ] as const) {
      const { look, proposals } = automationScene([automation(changes)], { level });
      await look(0, sick);
      expect(await look(600, sick)).toEqual({ proposed: [], deeds: [], held: [] });
      expect(proposals).toEqual([]);
    }
  });

  it('leaves to people what asks for a value of theirs', async () => {
    const { look, proposals } = automationScene([automation()]);
    const asking = diagnosis([cause('stuck', { changes: [{ ...proposal('rollout-undo'), asks: ['toRevision'] }] })]);
    await look(0, asking);
    expect((await look(60, asking)).held[0]?.why).toBe(
      'rollout-undo on Deployment shop/web needs toRevision from a person.',
    );
    expect(proposals).toEqual([]);
  });

  it('only records what it would do when it is dry, within the same limits', async () => {
    const { look, proposals, store } = automationScene([
      automation({ mode: 'dry', limits: { perHour: 1, perTargetPerDay: 1 } }),
    ]);
    await look(0, sick);
    expect((await look(60, sick)).deeds).toMatchObject([
      { outcome: 'dry', change: '', says: 'Would propose rollout-undo on Deployment shop/web.' },
    ]);
    await look(60, well);
    await look(60, sick);
    expect((await look(60, sick)).held[0]?.why).toBe('It has proposed 1 change within the hour.');
    expect(proposals).toEqual([]);
    expect((await store.outbox.after(0, 99)).map(({ topic }) => topic)).toEqual(['automation.dry']);
  });

  it('does not try again what was refused, until the finding comes anew', async () => {
    let asked = 0;
    const refuse = async (): Promise<never> => {
      asked += 1;
      throw new AutoDevOpsError('change.refused', 'A tool keeps it.', 'Change it there.');
    };
    const { look } = automationScene([automation()], { propose: refuse });
    await look(0, sick);
    expect((await look(60, sick)).deeds).toMatchObject([{ outcome: 'refused', says: 'A tool keeps it.' }]);
    await look(60, sick);
    expect(asked).toBe(1);
  });

  it('proposes the same change again when it died before it could remember', async () => {
    let writes = 0;
    const { look, proposals, store } = automationScene([automation()]);
    await look(0, sick);
    const put = store.settings.put.bind(store.settings);
    Object.assign(store.settings, {
      put: async (...given: Parameters<typeof put>) => {
        if (++writes === 1) throw new Error('gone');
        await put(...given);
      },
    });
    await expect(look(60, sick)).rejects.toThrow('gone');
    await look(5, sick);
    expect(new Set(proposals.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it('leaves a round to the process that is at it', async () => {
    const { look, store } = automationScene([automation()]);
    await store.leases.acquire('automations', 'another', 60_000);
    expect(await look(0, sick)).toEqual({ proposed: [], deeds: [], held: [] });
    expect(await store.settings.get(automationMemorySetting)).toBeUndefined();
  });

  it('does nothing when what it remembers cannot be read', async () => {
    const { look, store, proposals } = automationScene([automation()]);
    await store.settings.put(automationMemorySetting, { odd: true }, []);
    await expect(look(0, sick)).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(proposals).toEqual([]);
  });
});

describe('what holds an automation back', () => {
  async function whyHeld(changes: Parameters<typeof automation>[0], seen = sick): Promise<string | undefined> {
    const { look } = automationScene([automation(changes)]);
    await look(0, seen);
    return (await look(60, seen)).held[0]?.why;
  }

  it('is that Jamie does not propose it', async () => {
    expect(await whyHeld({ do: { take: 'proposal', action: 'scale' } })).toBe(
      'Jamie proposes no scale for stuck on Deployment shop/web.',
    );
  });

  it('is a bound, also for what is no amount', async () => {
    const bounds = [{ param: 'limits.memory', most: '1Gi' }];
    const seen = (memoryLimit: string): typeof sick =>
      diagnosis([cause('stuck', { changes: [proposal('rollout-undo', { limits: { memory: memoryLimit } })] })]);
    expect(await whyHeld({ bounds }, seen('1025Mi'))).toBe(
      'limits.memory of 1025Mi is more than the 1Gi that it may give.',
    );
    expect(await whyHeld({ bounds }, seen('much'))).toContain('is more than');
    expect(await whyHeld({ bounds }, seen('1024Mi'))).toBeUndefined();
  });

  it('is another cause on the same object, or a blind spot where it must not be there', async () => {
    const when = { ...automation().when, unless: ['bad.*'] };
    expect(await whyHeld({ when }, diagnosis([stuck, cause('bad.thing')]))).toBe('bad.thing is there too.');
    expect(
      await whyHeld({ when }, diagnosis([stuck, cause('bad.thing', { object: ref('Deployment', 'api') })])),
    ).toBeUndefined();
    expect(await whyHeld({ when }, diagnosis([stuck], { blindSpots: [{ what: 'nodes', why: '', remedy: '' }] }))).toBe(
      'Not everything could be seen: nodes.',
    );
  });

  it('is weak evidence, another kind and another namespace', async () => {
    expect(await whyHeld({}, diagnosis([{ ...stuck, confidence: 'medium' }]))).toBeUndefined();
    const { look, proposals } = automationScene([
      automation({ when: { ...automation().when, kinds: ['Node'] } }),
      automation({ id: 'b', when: { ...automation().when, namespaces: ['other-*'] } }),
    ]);
    await look(0, diagnosis([stuck]));
    await look(60, diagnosis([stuck]));
    expect(proposals).toEqual([]);
  });

  it('is a limit per hour, and one per target and day', async () => {
    const { look, proposals, states } = automationScene([automation({ limits: { perHour: 1, perTargetPerDay: 2 } })]);
    const spell = async (after: number): Promise<string | undefined> => {
      await look(after, well);
      await look(1, sick);
      const [held] = (await look(60, sick)).held;
      for (const id of states.keys()) states.set(id, 'succeeded');
      return held?.why;
    };
    expect(await spell(0)).toBeUndefined();
    expect(await spell(60)).toBe('It has proposed 1 change within the hour.');
    expect(await spell(3600)).toBeUndefined();
    expect(await spell(7200)).toBe('It has changed Deployment/shop/web 2 times within a day.');
    expect(proposals).toHaveLength(2);
  });

  it('is a limit that has not passed, whatever the clock was set to', async () => {
    const { look, setClock, proposals, states } = automationScene([
      automation({ limits: { perHour: 1, perTargetPerDay: 9 } }),
    ]);
    await look(0, sick);
    await look(60, sick);
    for (const id of states.keys()) states.set(id, 'succeeded');
    setClock(5 * 3600);
    await look(1, well);
    await look(1, sick);
    expect((await look(60, sick)).held[0]?.why).toBe('It has proposed 1 change within the hour.');
    expect(proposals).toHaveLength(1);
  });

  it('is too many pods at once', async () => {
    const symptoms = Array.from({ length: 11 }, (_, index) => ({ code: 'stuck', object: ref('Pod', `p-${index}`) }));
    expect(
      await whyHeld(
        { do: { take: 'action', action: 'delete-pod', on: 'pods', params: {} } },
        diagnosis([{ ...stuck, symptoms }]),
      ),
    ).toBe('11 pods at once are for a person to look at.');
  });
});

describe('the circuit breaker', () => {
  const remembered = async (
    deeds: readonly ReturnType<typeof deed>[],
    after = 60,
  ): Promise<{ why: string | undefined; audited: readonly string[] }> => {
    const { look, store } = automationScene([automation()]);
    await store.settings.put(automationMemorySetting, memory({ deeds: [...deeds] }), []);
    await look(0, sick);
    await look(30, sick);
    const { held } = await look(after, sick);
    const audited = (await store.audit.rows({ from: 1, limit: 99 })).map(({ entry }) => `${entry.code} ${entry.says}`);
    return { why: held[0]?.why, audited };
  };
  const failed = (change: string): ReturnType<typeof deed> =>
    deed({ change, outcome: 'failed', since: `2026-01-01T1${change}:00:00.000Z` });

  it('opens after failures, and says so once in the audit log', async () => {
    const { why, audited } = await remembered([failed('0'), failed('1')]);
    expect(why).toBe('2 changes of it did not succeed.');
    expect(audited).toEqual(['AUT002 The circuit breaker of undo is open: 2 changes of it did not succeed.']);
  });

  it('counts a change of several targets once, and those of others not', async () => {
    expect(
      (
        await remembered([
          failed('0'),
          { ...failed('0'), target: 'Pod/shop/b' },
          { ...failed('1'), automation: 'other' },
        ])
      ).why,
    ).toBeUndefined();
  });

  it('opens when what was repaired comes back again and again', async () => {
    const repaired = (at: number): ReturnType<typeof deed> =>
      deed({ change: `c${at}`, since: `2026-01-01T0${at}:00:00.000Z` });
    expect((await remembered([repaired(1), repaired(2), repaired(3)])).why).toBe(
      'stuck Deployment/shop/web came back 2 times after it was repaired.',
    );
    expect(
      (await remembered([repaired(1), repaired(2), { ...repaired(3), finding: 'stuck Deployment/shop/api' }])).why,
    ).toBeUndefined();
  });

  it('closes after its rest, and opens at the next failure', async () => {
    const old = [failed('0'), failed('1')].map((one) => ({ ...one, time: new Date(noon - 7_200_000).toISOString() }));
    expect((await remembered(old)).why).toBeUndefined();
    expect((await remembered([...old, { ...failed('9'), since: '2026-01-01T09:00:00.000Z' }])).why).toBe(
      '3 changes of it did not succeed.',
    );
  });

  it('rests on when the clock is set forwards', async () => {
    const { look, setClock, store } = automationScene([automation()]);
    await store.settings.put(automationMemorySetting, memory({ deeds: [failed('0'), failed('1')] }), []);
    setClock(10 * 3600);
    await look(0, sick);
    expect((await look(60, sick)).held[0]?.why).toBe('2 changes of it did not succeed.');
  });

  it('learns what became of its changes from the journal', async () => {
    const { look, states } = automationScene([
      automation({ breaker: { failures: 1, returns: 9, within: 3600, rest: 7200 } }),
    ]);
    await look(0, sick);
    await look(60, sick);
    states.set('chg-1', 'unknown');
    await look(10, well);
    await look(10, sick);
    expect((await look(60, sick)).held[0]?.why).toBe('1 change of it did not succeed.');
  });
});

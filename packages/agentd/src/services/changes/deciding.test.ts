import { describe, expect, it } from 'vitest';
import { breakGlassNow, glassSetting } from '@autodevops/agent-core/changes/governing/glass-record';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import { ask, policyOf } from '@autodevops/agent-core/policy/testing/ask';
import type { Given } from '@autodevops/agent-core/policy/testing/ask';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Store } from '@autodevops/domain/ports/store';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { deciding } from './deciding.ts';

const ann: Actor = {
  kind: 'person',
  account: 'local:ann',
  person: 'p-ann',
  name: 'Ann',
  roles: ['approver'],
  surface: 'cli',
};
const {
  circumstances: { now, self },
} = ask();
const inForce = policyInForce(policyOf({ autonomy: 'observe' }), (text) => text);

async function tierAt(store: Store, time: number, given: Given = {}): Promise<Tier> {
  const { question } = ask({ ...given, now: new Date(time).toISOString() });
  return (
    await deciding({
      store,
      inForce,
      mode: 'local',
      environment: '',
      self: async () => self,
      clock: { now: () => time, earliest: () => time },
    })(question, '')
  ).tier;
}

async function broken(): Promise<Store> {
  const store = createMemoryStore();
  await breakGlassNow(
    { id: 'glass-000001', actor: ann, reason: 'The shop is down.', minutes: 10 },
    { store, clock: { now: () => now, wait: async () => {} } },
  );
  return store;
}

describe('a decision while the glass is broken', () => {
  it('takes two yeses for what the policy forbids, and forbids it again when the time is over', async () => {
    const store = await broken();
    expect(await tierAt(createMemoryStore(), now)).toBe('forbidden');
    expect(await tierAt(store, now)).toBe('two');
    expect(await tierAt(store, now + 10 * 60_000)).toBe('forbidden');
  });

  it('is what it was where the floor speaks', async () => {
    const store = await broken();
    expect(await tierAt(store, now, { namespace: 'kube-system' })).toBe('forbidden');
    expect(await tierAt(store, now, { kind: 'Secret' })).toBe('forbidden');
  });

  it('leans on nothing that cannot be understood', async () => {
    const store = createMemoryStore();
    await store.settings.put(glassSetting, { broken: true }, []);
    expect(await tierAt(store, now)).toBe('forbidden');
  });
});

describe('a policy on trial', () => {
  it('is asked beside the one in force; what it says is kept, and changes nothing', async () => {
    const onTrial = policyInForce(policyOf({ autonomy: 'suggest' }), (text) => text);
    const { question } = ask();
    const choice = {
      store: createMemoryStore(),
      inForce,
      mode: 'local' as const,
      environment: '',
      self: async () => self,
      clock: { now: () => now, earliest: () => now },
    };
    const alone = await deciding(choice)(question, '');
    expect(alone).not.toHaveProperty('shadow');
    expect(await deciding({ ...choice, onTrial })(question, '')).toEqual({
      ...alone,
      shadow: { tier: 'one', policyVersion: onTrial.version },
    });
  });
});

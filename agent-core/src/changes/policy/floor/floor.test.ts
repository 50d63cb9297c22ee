import { describe, expect, it } from 'vitest';
import { tiers } from '@autodevops/domain/change/decision';
import type { Tier } from '@autodevops/domain/change/decision';
import { decide } from '../decide.ts';
import { ask, inForce, letAll } from '../testing/ask.ts';
import { floor } from './floor.ts';
import {
  gitChange,
  patchOf,
  rollbackIn,
  ruleOf,
  seenIn,
  sending,
  silenceOf,
  standingOn,
  strictest,
  tierOf,
} from './testing/asked.ts';
import type { Asked } from './testing/asked.ts';

/** For each rule of the floor a question that no other rule of the floor judges so strictly. */
const only: Readonly<Record<string, readonly [Asked, Tier]>> = {
  'floor.kill-switch': [ask({ killSwitch: true }), 'forbidden'],
  'floor.audit': [ask({ auditWritable: false }), 'forbidden'],
  'floor.fresh-facts': [
    sending({ factsAge: 121, shareOfReadyEndpoints: 0 }, { verb: 'load-image', cluster: 'kind', image: 'web:1' }),
    'forbidden',
  ],
  'floor.system-namespaces': [ask({ namespace: 'kube-system' }), 'forbidden'],
  'floor.own-namespace': [ask({ namespace: 'autodevops' }), 'forbidden'],
  'floor.own-permissions': [
    standingOn(
      { kind: 'ConfigMap', name: 'policy' },
      { objects: [{ kind: 'ConfigMap', namespace: 'shop', name: 'policy' }] },
    ),
    'forbidden',
  ],
  'floor.broad-permissions': [sending({}, ruleOf('*')), 'forbidden'],
  'floor.permissions': [sending({}, ruleOf('get')), 'one'],
  'floor.secrets': [ask({ kind: 'Secret' }), 'forbidden'],
  'floor.cluster-scoped-deletion': [ask({ kind: 'StorageClass', namespace: '', verb: 'delete' }), 'forbidden'],
  'floor.data-deletion': [ask({ kind: 'PersistentVolumeClaim', verb: 'delete' }), 'forbidden'],
  'floor.guard-deletion': [ask({ kind: 'PodDisruptionBudget', verb: 'delete' }), 'forbidden'],
  'floor.finalizers': [sending({}, patchOf('Namespace', '/metadata/finalizers')), 'forbidden'],
  'floor.endpoints': [ask({ shareOfReadyEndpoints: 0.51 }), 'two'],
  'floor.managed-objects': [ask({ managedBy: 'argocd' }), 'forbidden'],
  'floor.evidence-namespace': [seenIn('other', {}), 'forbidden'],
  'floor.release-namespaces': [sending({}, rollbackIn('kube-system')), 'forbidden'],
  'floor.git-changes': [sending({}, gitChange), 'one'],
  'floor.silences': [sending({}, silenceOf({ alertname: '' })), 'forbidden'],
};

describe('the floor', () => {
  it('is tried rule by rule', () => {
    expect(Object.keys(only).toSorted()).toEqual(floor.map(({ id }) => id).toSorted());
  });

  it.each(floor.map((rule) => [rule.id, rule] as const))('says less without %s', (id, rule) => {
    const [asked, tier] = only[id] ?? [ask(), 'auto'];
    const local = { ...asked, circumstances: { ...asked.circumstances, mode: 'cloud' as const } };
    expect(strictest(floor, local)).toBe(tier);
    expect(
      tiers.indexOf(
        strictest(
          floor.filter((other) => other !== rule),
          local,
        ),
      ),
    ).toBeLessThan(tiers.indexOf(tier));
  });

  it.each(Object.entries(only))('is not lowered by a policy that lets all be done, %s', (id, [asked, tier]) => {
    const { question, circumstances } = asked;
    const decision = decide(question, inForce(letAll), { ...circumstances, mode: 'cloud' });
    expect(decision.tier).toBe(tier);
    expect(decision.voices.filter((voice) => voice.tier === tier).map(({ rule }) => rule)).toContain(id);
  });

  it.each(Object.entries(only).filter(([, [, tier]]) => tier === 'forbidden'))(
    'is not lifted by broken glass, %s',
    (_id, [asked]) => {
      const { brokenGlass } = ask({ brokenGlass: true }).circumstances;
      expect(brokenGlass).toBeDefined();
      const circumstances = {
        ...asked.circumstances,
        mode: 'cloud' as const,
        ...(brokenGlass === undefined ? {} : { brokenGlass }),
      };
      expect(tierOf({ ...asked, circumstances })).toBe('forbidden');
    },
  );

  it('lets a harmless change through', () => {
    expect(strictest(floor, ask())).toBe('auto');
  });
});

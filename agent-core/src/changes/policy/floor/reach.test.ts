import { describe, expect, it } from 'vitest';
import type { Operation } from '@autodevops/domain/change/operation';
import { refByName } from '@autodevops/domain/object-ref';
import { ask, letAll, policyOf } from '../testing/ask.ts';
import { gitChange, rulesOf, seenIn, sending, tierOf } from './testing/asked.ts';

describe('reach', () => {
  it.each([
    [0.5, 4, 'auto'],
    [0.75, 4, 'two'],
    [1, 4, 'two'],
    [1, 1, 'one'],
  ] as const)('%d of %d ready endpoints: %s', (shareOfReadyEndpoints, readyEndpoints, tier) => {
    expect(tierOf(ask({ shareOfReadyEndpoints, readyEndpoints }))).toBe(tier);
  });

  it('takes one yes to take back what made something ill, and two where that is not known', () => {
    const asked = ask({ shareOfReadyEndpoints: 1, restores: true });
    expect(tierOf(asked)).toBe('one');
    const { restores: _restores, ...facts } = asked.question.facts;
    expect(tierOf({ ...asked, question: { ...asked.question, facts } })).toBe('two');
  });

  it('counts an unknown number of endpoints as several', () => {
    const asked = ask({ shareOfReadyEndpoints: 1, readyEndpoints: 1 });
    const { blastRadius } = asked.question.facts;
    const { readyEndpoints: _ready, ...rest } = blastRadius ?? {
      objects: 1,
      services: [],
      namespaces: [],
      shareOfReadyEndpoints: 1,
    };
    expect(
      tierOf({ ...asked, question: { ...asked.question, facts: { ...asked.question.facts, blastRadius: rest } } }),
    ).toBe('two');
  });

  it('what is not known of the blast radius takes two yeses on a laptop', () => {
    expect(tierOf(ask({ unknown: ['blastRadius'] }))).toBe('two');
  });

  it.each(['argocd', 'flux', 'helm', 'operator'] as const)(
    'what %s manages is patched directly only where the policy says so, with two yeses',
    (managedBy) => {
      const allowed = policyOf({ rules: letAll.rules, patchManaged: ['shop'] });
      const elsewhere = policyOf({ rules: letAll.rules, patchManaged: ['other-*'] });
      expect(tierOf(ask({ managedBy }))).toBe('forbidden');
      expect(tierOf(ask({ managedBy }), elsewhere)).toBe('forbidden');
      expect(tierOf(ask({ managedBy }), allowed)).toBe('two');
    },
  );

  it('what a tool manages in two namespaces is patched directly only where both are listed', () => {
    const patched = (namespace: string): Operation => ({
      verb: 'delete',
      propagation: 'Background',
      target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web', uid: 'u', resourceVersion: '1' },
    });
    const both = sending({ managedBy: 'helm' }, patched('shop'), patched('bar'));
    expect(tierOf(both, policyOf({ rules: letAll.rules, patchManaged: ['shop'] }))).toBe('forbidden');
    expect(tierOf(both, policyOf({ rules: letAll.rules, patchManaged: ['shop', 'bar'] }))).toBe('two');
  });

  it('what is not known to be managed by nobody counts as managed', () => {
    expect(tierOf(ask({ unknown: ['managedBy'] }))).toBe('forbidden');
  });

  it('a tool is told by its own object', () => {
    expect(tierOf(ask({ managedBy: 'argocd', kind: 'Application', apiVersion: 'argoproj.io/v1alpha1' }))).toBe('auto');
    expect(
      tierOf(ask({ managedBy: 'flux', kind: 'Kustomization', apiVersion: 'kustomize.toolkit.fluxcd.io/v1' })),
    ).toBe('auto');
    expect(tierOf(ask({ managedBy: 'argocd', kind: 'Rollout', apiVersion: 'argoproj.io/v1alpha1' }))).toBe('forbidden');
  });

  it("a Git change is never behind a tool's back", () => {
    expect(rulesOf(sending({ managedBy: 'argocd' }, gitChange))).toEqual(['floor.git-changes']);
  });

  it('evidence of a node speaks of every namespace', () => {
    const asked = seenIn('shop', {});
    const finding = {
      code: 'some.finding',
      confidence: 'high' as const,
      object: refByName('Node', '', 'worker'),
      evidence: [],
    };
    expect(tierOf({ ...asked, question: { ...asked.question, reason: { text: 'Because.', finding } } })).toBe('auto');
  });

  it('a namespace that only the evidence speaks of is meant too', () => {
    const asked = seenIn('other', {});
    const { finding } = asked.question.reason;
    const evidence = [{ source: 'status' as const, object: refByName('Pod', 'shop', 'web-1'), quote: 'x', time: '' }];
    const reason = { text: 'Because.', ...(finding === undefined ? {} : { finding: { ...finding, evidence } }) };
    expect(tierOf({ ...asked, question: { ...asked.question, reason } })).toBe('auto');
  });
});

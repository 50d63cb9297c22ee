import { describe, expect, it } from 'vitest';
import type { Operation } from '@autodevops/domain/change/operation';
import { ask } from '../testing/ask.ts';
import { rulesOf, sending, standingOn, tierOf } from './testing/asked.ts';

describe('places', () => {
  it.each(['kube-system', 'kube-public', 'kube-node-lease'])('nothing in %s is touched', (namespace) => {
    expect(rulesOf(ask({ namespace }))).toContain('floor.system-namespaces');
    expect(rulesOf(ask({ kind: 'Namespace', namespace: '', name: namespace }))).toContain('floor.system-namespaces');
  });

  it.each(['kube-system', 'autodevops'])('no tool is asked to change something in %s', (namespace) => {
    const { question, circumstances } = ask({
      action: 'argocd-sync',
      kind: 'Application',
      apiVersion: 'argoproj.io/v1alpha1',
      namespace: 'argocd',
    });
    const reaching = (namespaces: string[]) => ({
      question: {
        ...question,
        facts: { ...question.facts, blastRadius: { objects: 2, services: [], namespaces, shareOfReadyEndpoints: 0 } },
      },
      circumstances,
    });
    expect(rulesOf(reaching(['shop', namespace]))).toContain(
      namespace === 'kube-system' ? 'floor.system-namespaces' : 'floor.own-namespace',
    );
    expect(tierOf(reaching(['shop']))).toBe('auto');
  });

  it('pods of the system are moved by a drain with two yeses, but not one by one', () => {
    const evict: Operation = {
      verb: 'evict',
      target: {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'kube-system',
        name: 'coredns-1',
        uid: 'u',
        resourceVersion: '1',
      },
    };
    expect(tierOf(sending({ kind: 'Node', namespace: '', name: 'worker' }, evict))).toBe('two');
    expect(tierOf(sending({ kind: 'Pod', namespace: 'kube-system', name: 'coredns-1' }, evict))).toBe('forbidden');
  });

  it('a drain that does something else in the system is forbidden', () => {
    const target = {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'kube-system',
      name: 'coredns-1',
      uid: 'u',
      resourceVersion: '1',
    };
    expect(
      tierOf(
        sending(
          { kind: 'Node', namespace: '', name: 'worker' },
          { verb: 'evict', target },
          { verb: 'delete', target, propagation: 'Background' },
        ),
      ),
    ).toBe('forbidden');
  });

  it('an agent outside of a cluster has no namespace of its own', () => {
    expect(tierOf(standingOn({ namespace: 'autodevops' }, { namespace: '' }))).toBe('auto');
  });
});

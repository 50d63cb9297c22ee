import { describe, expect, it } from 'vitest';
import type { Cause } from '@autodevops/domain/diagnosis';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refByName } from '@autodevops/domain/object-ref';
import { Suppression } from '@autodevops/domain/suppression';
import { suppressionFromAnnotation, suppressionOf } from './suppression.ts';
import { snapshotOf } from '../testing/cluster-builder.ts';

const nobody = snapshotOf();
const deployment = refByName('Deployment', 'shop', 'web');
const node = refByName('Node', '', 'worker-1');
const rule = {
  code: 'pod.image.not-found',
  object: 'Deployment/shop/web',
  owner: 'ann',
  reason: 'known',
  expires: '2026-02-01',
};

const causeAt = (object: ObjectRef, code = 'pod.image.not-found'): Cause => ({ code, object }) as unknown as Cause;
const covers = (said: Partial<typeof rule>, cause = causeAt(deployment)): boolean =>
  suppressionOf(cause, nobody, [{ ...rule, ...said }]) !== undefined;

describe('the code of a suppression', () => {
  it('is the whole code', () => {
    expect(covers({})).toBe(true);
    expect(covers({ code: 'pod.image' })).toBe(false);
    expect(covers({ code: 'pod.image.not' })).toBe(false);
  });

  it('ends in .* for all below', () => {
    expect(covers({ code: 'pod.image.*' })).toBe(true);
    expect(covers({ code: 'pod.*' })).toBe(true);
    expect(covers({ code: 'po.*' })).toBe(false);
  });

  it('is no other pattern', () => {
    for (const code of ['*', 'pod.*.not-found', 'pod.image.not-found*', '']) expect(covers({ code }), code).toBe(false);
  });
});

describe('the object of a suppression', () => {
  it('may be any, part by part', () => {
    for (const object of ['*/shop/web', 'Deployment/*/web', 'Deployment/shop/*', '*/*/*']) {
      expect(covers({ object }), object).toBe(true);
    }
  });

  it('is not another kind, namespace or name, nor a part of a name', () => {
    for (const object of [
      'StatefulSet/shop/web',
      'Deployment/other/web',
      'Deployment/shop/api',
      'Deployment/shop/we*',
      'Deployment/shop',
      'web',
      'Deployment/shop/web/x',
    ]) {
      expect(covers({ object }), object).toBe(false);
    }
  });

  it('has two parts, or an empty one, where there is no namespace', () => {
    for (const object of ['Node/worker-1', 'Node/*', 'Node//worker-1', 'Node/*/worker-1']) {
      expect(covers({ object }, causeAt(node)), object).toBe(true);
    }
    expect(covers({ object: 'Node/shop/worker-1' }, causeAt(node))).toBe(false);
  });
});

describe('the end of a suppression', () => {
  it('is the first moment at which it does not count', () => {
    expect(covers({ expires: '2026-01-01T12:00:00.001Z' })).toBe(true);
    expect(covers({ expires: '2026-01-01T12:00:00Z' })).toBe(false);
    expect(covers({ expires: '2026-01-01' })).toBe(false);
  });

  it('counts for nothing when it is no time', () => {
    expect(covers({ expires: 'never' })).toBe(false);
  });
});

describe('an annotation', () => {
  const text = 'code=pod.image.*; owner=ann; reason=moved = soon; expires=2026-02-01';
  const annotated = (annotation: string, kind: KindName = 'Deployment') =>
    snapshotOf({
      kind,
      metadata: {
        name: 'web',
        namespace: kind === 'Node' ? '' : 'shop',
        annotations: { 'autodevops.dev/suppress': annotation },
      },
    });

  it('suppresses a cause at its own object', () => {
    expect(suppressionOf(causeAt(deployment), annotated(text), [])).toMatchObject({
      owner: 'ann',
      reason: 'moved = soon',
      object: 'Deployment/shop/web',
    });
    expect(suppressionOf(causeAt(refByName('Node', '', 'web')), annotated(text, 'Node'), [])?.object).toBe('Node/web');
  });

  it('suppresses nothing at another object', () => {
    expect(suppressionOf(causeAt(refByName('Deployment', 'shop', 'api')), annotated(text), [])).toBeUndefined();
  });

  it('cannot speak for another object', () => {
    expect(suppressionFromAnnotation(`${text}; object=Node/worker-1`, deployment)?.object).toBe('Deployment/shop/web');
  });

  it('counts for nothing when it has expired, is not whole or is nonsense', () => {
    const wrong = [
      text.replace('2026', '2025'),
      text.replace('owner=ann; ', ''),
      text.replace('2026-02-01', 'never'),
      `${text}; colour=red`,
      ';;=;',
      '',
      'code',
    ];
    for (const annotation of wrong) {
      expect(suppressionOf(causeAt(deployment), annotated(annotation), []), annotation).toBeUndefined();
    }
  });

  it('is taken exactly where the contract of suppressions takes it', () => {
    const days = ['2026-02-01', '2026-02-30', '2024-02-29', '2026-2-1', '2026-13-01', '0000-01-01', '2026-02-01 ', ''];
    const times = [
      '',
      'T10:00:00Z',
      'T10:00Z',
      'T10:00:00.5+01:00',
      'T10:00:00',
      'T24:00:00Z',
      'T10:00:00+25:00',
      'T10:00:60Z',
    ];
    const words = ['', 'ann'];
    for (const expires of days.flatMap((day) => times.map((time) => day + time))) {
      for (const owner of words) {
        const said = { ...rule, owner, expires: expires.trim() };
        const written = `code=${said.code}; owner=${owner}; reason=known; expires=${expires}`;
        const taken = suppressionFromAnnotation(written, deployment);
        expect(taken, written).toEqual(Suppression.safeParse(said).data);
      }
    }
  });

  it('is not looked for at objects of unknown kinds', () => {
    expect(suppressionOf(causeAt({ ...deployment, kind: 'Rollout' }), annotated(text), [])).toBeUndefined();
  });
});

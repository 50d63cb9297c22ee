import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { spelledRight } from './spelling.ts';

const service = kinds.Service.shape.read({ metadata: { name: 'evnts', namespace: 'shop' } });
const snapshot = new Snapshot({ capturedAt: '2026-03-04T10:15:00Z', objects: { Service: [service] } });

describe('mistyped words', () => {
  it.each([
    ['what happend at 9:30', 'what happened at 9:30'],
    ['wich deplyoments are unhelthy', 'which deployments are unhealthy'],
    ['show the evnets of web', 'show the events of web'],
  ])('"%s" are put right', (text, right) => {
    expect(spelledRight(text, snapshot)).toBe(right);
  });

  it.each(['why is evnts failing', 'why is shop/web:2.4 failing', 'is it up', 'restart-loop of web-7f'])(
    '"%s" stays: names and words that are right are not touched',
    (text) => {
      expect(spelledRight(text, snapshot)).toBe(text);
    },
  );
});

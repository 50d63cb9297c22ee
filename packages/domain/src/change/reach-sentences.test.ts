import { describe, expect, it } from 'vitest';
import { ChangeState } from './change.ts';
import { changeTense } from './change-tense.ts';
import type { Facts } from './plan.ts';
import { reachSentences } from './reach-sentences.ts';

const radius = {
  objects: 3,
  services: ['shop/api'],
  namespaces: ['shop'],
  shareOfReadyEndpoints: 0.4,
  readyEndpoints: 5,
};
const facts: Facts = { capturedAt: '2026-01-01T12:00:00Z', blastRadius: radius, reversible: true, notes: ['A note.'] };

describe('how far a change reaches', () => {
  it('is told before it, with the share of the endpoints that it touches', () => {
    expect(reachSentences(facts, 'ahead')).toEqual([
      'Reaches 3 objects and Service shop/api (40% of 5 ready endpoints).',
      'It can be taken back.',
    ]);
  });

  it('is told as of then once it was begun or dropped', () => {
    const dead: Facts = {
      ...facts,
      blastRadius: { ...radius, shareOfReadyEndpoints: 0, readyEndpoints: 0 },
      disruptionsAllowed: 1,
    };
    expect(reachSentences(dead, 'ahead').slice(0, 2)).toEqual([
      'Reaches 3 objects and Service shop/api (no endpoint of it is ready now).',
      'Its disruption budget allows 1 more now.',
    ]);
    expect(reachSentences(dead, 'begun').slice(0, 2)).toEqual([
      'Reached 3 objects and Service shop/api (no endpoint of it was ready then).',
      'Its disruption budget allowed 1 more then.',
    ]);
    expect(reachSentences(dead, 'undone')).toEqual(reachSentences(dead, 'begun').slice(0, 2));
    expect(reachSentences(dead, 'dropped')).toEqual([
      'Would have reached 3 objects and Service shop/api (no endpoint of it was ready then).',
      'Its disruption budget allowed 1 more then.',
    ]);
  });

  it('says "now" of no change that is not ahead any more', () => {
    const told = ChangeState.options
      .filter((state) => changeTense(state) !== 'ahead')
      .flatMap((state) =>
        reachSentences(
          { ...facts, disruptionsAllowed: 0, blastRadius: { ...radius, readyEndpoints: 0 } },
          changeTense(state),
        ),
      );
    expect(told.filter((sentence) => /\bnow\b/.test(sentence))).toEqual([]);
  });

  it('says what could not be found out', () => {
    const unknown: Facts = { capturedAt: '', reversible: false, notes: [] };
    expect(reachSentences(unknown, 'ahead')).toEqual([
      'How far it reaches could not be found out.',
      'It cannot be taken back.',
    ]);
    expect(reachSentences(unknown, 'begun')[0]).toBe('How far it reached could not be found out.');
  });

  it('speaks of several Services, several namespaces and what would put it back', () => {
    const wide: Facts = {
      ...facts,
      blastRadius: { ...radius, services: ['a/x', 'b/y'], namespaces: ['a', 'b'], readyEndpoints: 0 },
      managedBy: [{ tool: 'argocd', owner: 'argocd/shop' }],
    };
    expect(reachSentences(wide, 'ahead')).toEqual([
      'Reaches 3 objects in namespaces a and b and Services a/x and b/y (no endpoint of them is ready now).',
      'It can be taken back.',
      'argocd (argocd/shop) would put it back.',
    ]);
  });

  it('does not speak of a share of nothing', () => {
    expect(reachSentences({ ...facts, blastRadius: { ...radius, objects: 1, services: [] } }, 'ahead')[0]).toBe(
      'Reaches 1 object and no Service.',
    );
  });
});

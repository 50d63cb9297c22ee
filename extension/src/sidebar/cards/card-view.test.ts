import { describe, expect, it } from 'vitest';
import { decisionOf, sampleChange, samplePlan } from '../../testing/sample-change.ts';
import { LinkBook } from '../links/link-book.ts';
import { cardView, stepsOf } from './card-view.ts';
import type { Offer } from './card-view.ts';

function offer(given: Partial<Offer> = {}): Offer {
  const [action] = samplePlan.actions;
  if (action === undefined) throw new Error('the sample has no action');
  return {
    request: action.request,
    plan: samplePlan,
    decision: decisionOf('one'),
    own: true,
    locked: false,
    inGit: false,
    change: undefined,
    note: '',
    ...given,
  };
}

const buttons = (given: Partial<Offer>): readonly string[] =>
  cardView(offer(given), new LinkBook()).buttons.map(({ text }) => text);

describe('a card', () => {
  it('has the buttons that its state and its policy let be pressed', () => {
    expect(buttons({})).toEqual(['Apply', 'Show Difference']);
    expect(buttons({ decision: decisionOf('auto'), own: false })).toEqual(['Apply', 'Show Difference']);
    expect(buttons({ own: false })).toEqual(['Ask for Approval', 'Show Difference']);
    expect(buttons({ decision: decisionOf('two'), own: false })).toEqual(['Ask for Approval', 'Show Difference']);
    expect(buttons({ decision: decisionOf('forbidden'), own: false })).toEqual(['Show Difference']);
    expect(buttons({ locked: true })).toEqual(['Allow Changes in This Session', 'Show Difference']);
    expect(buttons({ request: { ...offer().request, action: 'open-git-change' } })).toEqual([
      'Open as Git Change',
      'Show Difference',
    ]);
    expect(buttons({ inGit: true })).toEqual(['Apply', 'Open as Git Change', 'Show Difference']);
    expect(buttons({ inGit: true, locked: true })).toEqual(['Allow Changes in This Session', 'Show Difference']);
    expect(buttons({ change: sampleChange({ state: 'executing' }) })).toEqual(['Show Difference', 'Show Change']);
    expect(buttons({ change: sampleChange({ state: 'succeeded' }) })).toEqual([
      'Show Difference',
      'Show Change',
      'Undo',
    ]);
    expect(buttons({ change: sampleChange({ state: 'succeeded' }), locked: true })).toEqual([
      'Show Difference',
      'Show Change',
    ]);
    expect(buttons({ change: sampleChange({ state: 'undone' }) })).toEqual(['Show Difference', 'Show Change']);
  });

  it('shows how far it reaches, and what a rehearsal that is long left out', () => {
    const [field] = samplePlan.diff;
    if (field === undefined) throw new Error('the sample has no difference');
    const view = cardView(
      offer({
        plan: {
          ...samplePlan,
          diff: Array.from({ length: 40 }, () => ({ ...field, before: 'x'.repeat(5000), after: 'a\u001B[31m\u202E' })),
        },
      }),
      new LinkBook(),
    );
    expect(view.reach).toContain('Reaches 4 objects and Service shop/web (40% of its ready endpoints).');
    expect(view).toMatchObject({ difference: { length: 12 }, differenceLeft: 28 });
    expect(view.difference[0]).toMatchObject({ before: `${'x'.repeat(399)}…`, after: String.raw`a\x1b[31m\u{202e}` });
  });
});

describe('a card of a change', () => {
  const viewOf = (given: Partial<Offer>) => cardView(offer(given), new LinkBook());
  const saysOf = (given: Partial<Offer>) =>
    viewOf(given)
      .title.map(({ text }) => text)
      .join('');

  it('says what will be done, what is being done and what was done', () => {
    expect(saysOf({})).toBe('Return Deployment shop/web to revision 6.');
    expect(saysOf({ change: sampleChange() })).toBe('Return Deployment shop/web to revision 6.');
    expect(saysOf({ change: sampleChange({ state: 'executing' }) })).toBe('Returning it.');
    expect(saysOf({ change: sampleChange({ state: 'succeeded' }) })).toBe('Returned it.');
  });

  it('that is behind tells what was found then, and when', () => {
    expect(viewOf({ change: sampleChange() })).toMatchObject({
      titles: { card: 'Proposal', difference: 'What would differ', reach: 'How far it reaches' },
      decision: 'The policy asks for one yes.',
    });
    expect(viewOf({ change: sampleChange({ state: 'succeeded' }) })).toMatchObject({
      titles: {
        card: 'Change',
        difference: 'What it changed',
        reach: 'How far it reached, as was found at 2026-01-07T12:00:00Z',
      },
      decision: 'The policy asked for one yes.',
    });
  });
});

describe('the way of a change', () => {
  it('is marked where it is', () => {
    expect(stepsOf(undefined)).toEqual({ steps: [], at: -1 });
    expect(stepsOf(sampleChange({ state: 'verifying' }))).toEqual({
      steps: ['waits for a yes', 'approved', 'executing', 'verifying', 'succeeded'],
      at: 3,
    });
  });

  it('that was left ends under its own name', () => {
    expect(stepsOf(sampleChange({ state: 'undone' }))).toEqual({
      steps: ['waits for a yes', 'approved', 'executing', 'verifying', 'taken back'],
      at: 4,
    });
    expect(stepsOf(sampleChange({ state: 'rejected' })).steps.at(-1)).toBe('rejected');
  });
});

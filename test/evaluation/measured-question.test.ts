import { describe, expect, it } from 'vitest';
import type { Answer } from '../../packages/domain/src/answer.ts';
import { judged, MeasuredQuestion } from './measured-question.ts';

function answer(parts: Partial<Answer>): Answer {
  return {
    schemaVersion: 1,
    question: '',
    intent: '',
    outcome: 'answered',
    headline: '',
    lines: [],
    causes: [],
    objects: [],
    suggestions: [],
    blindSpots: [],
    ...parts,
  };
}

describe('the judge of measured questions', () => {
  const question = MeasuredQuestion.parse({ ask: 'how many?', first: ['\\b2\\b'], says: ['web'], not: ['api'] });

  it('finds an answer right that says all of the essence, whatever its case', () => {
    expect(judged(question, answer({ headline: '2 of 9.', table: { columns: ['name'], rows: [['Web']] } }))).toBe(
      'right',
    );
  });

  it('finds an answer wrong whose first sentence does not say what it must, though another line does', () => {
    expect(judged(question, answer({ headline: 'Some.', lines: ['2 are web.'] }))).toBe('wrong');
  });

  it('finds an answer wrong that names what is not meant', () => {
    expect(judged(question, answer({ headline: '2: web and api.' }))).toBe('wrong');
  });

  it('takes an honest "cannot" for what it is, even where it tells a part', () => {
    expect(judged(question, answer({ outcome: 'not-understood', headline: '2: web.' }))).toBe('cannot');
  });

  it('takes a name that it does not find for a "cannot"', () => {
    expect(judged(question, answer({ outcome: 'no-such-name', headline: 'No "web".' }))).toBe('cannot');
  });

  it('finds an answer wrong to what nothing can answer', () => {
    const unknowable = MeasuredQuestion.parse({ ask: 'who is on call?', cannot: true });
    expect(judged(unknowable, answer({ headline: 'Nobody.' }))).toBe('wrong');
    expect(judged(unknowable, answer({ outcome: 'not-seen' }))).toBe('right');
  });

  it('refuses a question that expects nothing', () => {
    expect(MeasuredQuestion.safeParse({ ask: 'what?' }).success).toBe(false);
  });
});

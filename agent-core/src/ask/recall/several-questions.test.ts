import { describe, expect, it } from 'vitest';
import { questionsIn } from './several-questions.ts';

describe('questions in one text', () => {
  it.each([
    ['is web healthy and what changed in the last hour?', ['is web healthy', 'what changed in the last hour?']],
    ['Why is api failing? Who talks to it?', ['Why is api failing', 'Who talks to it?']],
  ])('"%s" are taken apart', (text, parts) => {
    expect(questionsIn(text)).toEqual(parts);
  });

  it.each([
    'what is wrong with web and api?',
    'compare shop and analytics',
    'why is web failing?',
    '',
    'is a and is b and is c and is d',
  ])('"%s" stays one', (text) => {
    expect(questionsIn(text)).toEqual([text]);
  });
});

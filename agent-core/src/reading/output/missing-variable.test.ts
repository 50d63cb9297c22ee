import { describe, expect, it } from 'vitest';
import type { OutputLine } from './output-line.ts';
import { missingVariables } from './missing-variable.ts';
import { readableLine } from './readable-line.ts';

const names = (text: string): readonly string[] =>
  missingVariables({ ...readableLine(text), verbatim: text, time: '', source: 'log' } satisfies OutputLine);

describe('the variables that a line complains about', () => {
  it('are its names in capitals, those with an underscore before others', () => {
    expect(names('environment variable DATABASE_URL is missing for HOST')).toEqual(['DATABASE_URL']);
    expect(names('PORT is not set')).toEqual(['PORT']);
  });

  it('are no parts of longer words', () => {
    expect(names("{elixir_eval,'__FILE__',1,[]} environment variable DATABASE_URL is missing")).toEqual([
      'DATABASE_URL',
    ]);
  });
});

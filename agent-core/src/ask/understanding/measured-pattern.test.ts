import { describe, expect, it } from 'vitest';
import { intents } from '../intents/registry.ts';
import { understoodBy } from './measured-pattern.ts';

function measure(pattern: RegExp, text: string): { readonly passed: number; readonly own: number } | undefined {
  const understood = understoodBy(pattern, text);
  return understood === undefined ? undefined : { passed: understood.passed, own: understood.own };
}

describe('what a pattern understands of a text', () => {
  it('knows every word that it names itself', () => {
    expect(measure(/^what is wrong$/i, 'What is wrong')).toEqual({ passed: 0, own: 11 });
  });

  it('leaves a name to be found', () => {
    expect(measure(/^is (?<object>.+) ok$/i, 'is the api ok')).toEqual({ passed: 0, own: 4 });
    expect(understoodBy(/^is (?<object>.+) ok$/i, 'is the api ok')?.caught('object')).toBe('the api');
  });

  it('knows a word that it chose from its own', () => {
    expect(measure(/^is it (?<state>up|down)$/, 'is it down')).toEqual({ passed: 0, own: 8 });
  });

  it('counts what it passes over, in a group or out of one', () => {
    expect(measure(/^why (?:is it )?slow(?: .*)?$/, 'why is it slow on mondays')).toEqual({ passed: 9, own: 11 });
    expect(measure(/^which [\w ]+? use it$/, 'which old pods use it')).toEqual({ passed: 7, own: 10 });
  });

  it('counts what the pattern itself calls passed', () => {
    expect(measure(/^(?<passed>.*\bdown\b.*)$/, 'web is down')).toEqual({ passed: 9, own: 0 });
  });

  it('knows a word by its end', () => {
    expect(measure(/^[a-z]*fail$/, 'whyfail')).toEqual({ passed: 0, own: 7 });
  });

  it('counts what stands around what it takes', () => {
    expect(measure(/\boom\b/, 'is anything oom')).toEqual({ passed: 10, own: 3 });
  });

  it('reads nothing into what only looks ahead or behind', () => {
    expect(measure(/^(?!.*\bwhy\b)(?<=^)what(?= is).+$/, 'what is it')).toEqual({ passed: 4, own: 4 });
  });

  it('knows brackets and signs that stand for themselves', () => {
    expect(measure(/^\(x\) [.*]b$/, '(x) *b')).toEqual({ passed: 0, own: 2 });
  });

  it('says nothing of a text that does not match', () => {
    expect(measure(/^a$/, 'b')).toBeUndefined();
  });
});

describe('every pattern of every intent', () => {
  it.each(intents.flatMap(({ name, patterns }) => patterns.map((pattern) => [name, pattern] as const)))(
    'takes of %s the same texts when it is measured: %s',
    (_, pattern) => {
      for (const text of ['why is web failing', 'which pods are not ready', 'deploy/web', 'what changed since 1h']) {
        expect(understoodBy(pattern, text) !== undefined).toBe(pattern.test(text));
      }
    },
  );
});

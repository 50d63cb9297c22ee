import { describe, expect, it } from 'vitest';
import { choice, flag, listOf, matching, openFlag, standing, text, textUpTo, wholeNumber } from './form.ts';

describe('a flag', () => {
  it('is on where it is written, unless it is written as off', () => {
    expect([flag.read(['true']), flag.read(['false']), flag.read(['true', 'false'])]).toEqual([
      { value: true },
      { value: false },
      { value: false },
    ]);
    expect([flag.standard, openFlag.standard]).toEqual([false, undefined]);
  });
});

describe('a value', () => {
  it('is the last one that was given', () => {
    expect(text.read(['a', 'b'])).toEqual({ value: 'b' });
  });

  it('is told what it should have been', () => {
    expect(textUpTo(3).read(['four'])).toEqual({ wanted: 'a text of at most 3 characters' });
    expect(matching(/^A\d$/, 'an id: A1').read(['B1'])).toEqual({ wanted: 'an id: A1' });
    expect(choice(['yaml', 'json']).read(['xml'])).toEqual({ wanted: 'one of yaml, json' });
  });

  it('is one of the choices by its whole word', () => {
    expect(choice(['yaml', 'json']).read(['json'])).toEqual({ value: 'json' });
    for (const word of ['', 'jso', 'JSON', 'constructor']) {
      expect(choice(['yaml', 'json']).read([word]), word).toHaveProperty('wanted');
    }
  });
});

describe('a whole number', () => {
  const form = wholeNumber(1, 10, 'a whole number from 1 to 10');

  it('lies within its bounds, both included', () => {
    expect(['1', '10', '7'].map((word) => form.read([word]))).toEqual([{ value: 1 }, { value: 10 }, { value: 7 }]);
  });

  it('is nothing else', () => {
    for (const word of ['0', '11', '1.5', '-1', 'NaN', 'Infinity', 'seven', ' ', '']) {
      expect(form.read([word]), word).toEqual({ wanted: 'a whole number from 1 to 10' });
    }
  });
});

describe('a list', () => {
  it('holds each that was given, in order', () => {
    expect(listOf(text).read(['b', 'a', 'b'])).toEqual({ value: ['b', 'a', 'b'] });
    expect([listOf(text).standard, listOf(text).repeats]).toEqual([undefined, true]);
  });

  it('is refused for one that is refused, and for too many', () => {
    expect(listOf(choice(['x'])).read(['x', 'y'])).toEqual({ wanted: 'one of x' });
    expect(listOf(text, 2).read(['a', 'b', 'c'])).toEqual({ wanted: 'at most 2 of them' });
  });

  it('completes with the choices of one', () => {
    expect(listOf(choice(['x', 'y'])).choices).toEqual(['x', 'y']);
  });
});

describe('what stands where nothing was given', () => {
  it('gives way to what was', () => {
    const form = standing(choice(['text', 'json']), 'text');
    expect([form.standard, form.read(['json']), form.choices]).toEqual(['text', { value: 'json' }, ['text', 'json']]);
  });

  it('does not stand in for what was refused', () => {
    expect(standing(choice(['text', 'json']), 'text').read(['xml'])).toHaveProperty('wanted');
  });
});

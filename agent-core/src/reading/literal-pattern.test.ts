import { expect, it } from 'vitest';
import { literalPattern } from './literal-pattern.ts';

it.each(['db.shop:5432', 'a+b', '$(id)', String.raw`C:\data`, '[x]{2}|y?*^'])('finds %s and nothing else', (text) => {
  const whole = new RegExp(`^${literalPattern(text)}$`);
  expect(text).toMatch(whole);
  expect(text.replaceAll(/[^\w]/g, 'z')).not.toMatch(whole);
});

import { expect, it, onTestFinished } from 'vitest';
import { speak, t } from './translate.ts';

it('a text is said in English until the window has another language, with its arguments in it', () => {
  expect(t('{0} of {1}, {0}', 1, 'two')).toBe('1 of two, 1');
  speak((text, ...args) => `<${text}|${args.join('|')}>`);
  onTestFinished(() => speak((text) => text));
  expect(t('{0} of {1}', 1, 'two')).toBe('<{0} of {1}|1|two>');
});

import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { printable } from '@autodevops/domain/printable';
import { safeYaml } from './safe-yaml.ts';

it.each(['\u001b[2Jgone', 'a\u202eb', 'plain \u200b text', '\u{e0041}', 'two\nlines \u0007', '- \u009b31m'])(
  '%j is the same text for programs and harmless on a terminal',
  (text) => {
    const yaml = safeYaml({ text, list: [text] });
    expect(parse(yaml)).toEqual({ text, list: [text] });
    expect(printable(yaml)).toBe(yaml);
  },
);

it('what is harmless stands as it is', () => {
  expect(safeYaml({ text: 'naïve 日本' })).toBe('text: naïve 日本\n');
});

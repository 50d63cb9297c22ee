import { AutoDevOpsError } from '@autodevops/domain/errors';
import { describe, expect, it } from 'vitest';
import { choice, flag, listOf, openFlag, standing, text, wholeNumber } from './form.ts';
import { option } from './option.ts';
import { parseOptions } from './parse-options.ts';

const schema = {
  namespace: option(listOf(text), { short: 'n', value: 'NAME', says: 'Where.' }),
  failOn: option(standing(listOf(choice(['problem', 'critical', 'never'])), ['problem']), { says: 'When.' }),
  output: option(standing(choice(['text', 'json']), 'text'), { short: 'o', says: 'How.' }),
  depth: option(wholeNumber(1, 10, 'a whole number from 1 to 10'), { value: 'STEPS', says: 'How far.' }),
  wide: option(flag, { says: 'All of it.' }),
  color: option(openFlag, { says: 'Colours.' }),
};
const parsed = (...args: readonly string[]) => parseOptions(schema, args, 'look');

function refusal(...args: readonly string[]): string {
  try {
    parsed(...args);
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'usage') return `${error.message} ${error.remedy}`;
    throw error;
  }
  return '';
}

describe('the arguments of a command', () => {
  it('leave what stands where nothing was given, and nothing where nothing stands', () => {
    expect(parsed()).toStrictEqual({ options: { failOn: ['problem'], output: 'text', wide: false }, positionals: [] });
  });

  it('are options and words in any order', () => {
    expect(parsed('deploy/web', '-n', 'shop', '--wide', 'po/a', '--depth=3')).toMatchObject({
      options: { namespace: ['shop'], wide: true, depth: 3 },
      positionals: ['deploy/web', 'po/a'],
    });
  });

  it('repeat an option, or write several values with commas between', () => {
    expect(parsed('-n', 'a,b', '-n', 'c').options.namespace).toEqual(['a', 'b', 'c']);
  });

  it('may say the same option again: the last one holds', () => {
    expect(parsed('-o', 'json', '-o=text', '--wide', '--wide=false').options).toMatchObject({
      output: 'text',
      wide: false,
    });
  });
});

describe('what is refused', () => {
  it.each([
    [['--outptu', 'json'], 'There is no option --outptu. Did you mean --output?'],
    [['-n'], '-n needs a value. Write --namespace=NAME.'],
    [['-n', '-o'], '-n needs a value.'],
    [['--wide=maybe'], '--wide takes no value.'],
    [['--depth', 'far'], '--depth: "far" is not a whole number from 1 to 10. Write --depth=STEPS.'],
    [['-o', 'jsn'], '--output: "jsn" is none of text, json. Did you mean json?'],
    [
      ['--fail-on', 'never,crtical'],
      '--fail-on: "crtical" is none of problem, critical, never. Did you mean critical?',
    ],
    [['-o', '\u001b[31m'], String.raw`is none of text, json.`],
  ])('%j is told so', (args, sentence) => {
    expect(refusal(...args)).toContain(sentence);
    expect(refusal(...args)).not.toContain('\u001b');
  });
});

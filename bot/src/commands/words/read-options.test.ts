import { AutoDevOpsError } from '@autodevops/domain/errors';
import { expect, it } from 'vitest';
import { readOptions } from './read-options.ts';
import { splitWords } from './split-words.ts';

const table = {
  share: { takes: 'nothing', says: 'For everybody.' },
  namespace: { takes: 'value', short: 'n', value: 'NAMESPACE', says: 'Where.' },
  set: { takes: 'values', value: 'KEY=VALUE', says: 'A value.' },
} as const;
const read = (text: string, isFreeText = false) => readOptions(splitWords(text), table, isFreeText);

function failure(text: string): AutoDevOpsError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof AutoDevOpsError) return error;
  }
  throw new Error('it was read');
}

it('options are found wherever they stand', () => {
  expect(read('deploy/web --share -n shop')).toEqual({
    options: { share: true, namespace: 'shop', set: [] },
    operands: ['deploy/web'],
  });
  expect(read('--namespace=shop deploy/web')).toEqual({
    options: { share: false, namespace: 'shop', set: [] },
    operands: ['deploy/web'],
  });
});

it('a dash that a phone made of two hyphens is two hyphens', () => {
  expect(read('x —share').options.share).toBe(true);
  expect(read('x –namespace shop').options.namespace).toBe('shop');
  expect(read('x –n shop').options.namespace).toBe('shop');
});

it('an option may be given several times where it says so', () => {
  expect(read('--set a=1 --set "b=two words"').options.set).toEqual(['a=1', 'b=two words']);
});

it('a quoted word is never an option, nor is what follows --', () => {
  expect(read('"--share"')).toMatchObject({ options: { share: false }, operands: ['--share'] });
  expect(read('-- --share')).toMatchObject({ options: { share: false }, operands: ['--share'] });
});

it('an unknown option is told with the nearest one', () => {
  expect(failure('--shar')).toMatchObject({
    code: 'usage',
    message: 'There is no option --shar here.',
    remedy: 'Did you mean --share?',
  });
  expect(failure('--xyzzy').remedy).toBe('There is --share, --namespace, --set.');
});

it('an option without its value is told', () => {
  expect(failure('--namespace')).toMatchObject({
    message: '--namespace lacks its value.',
    remedy: 'Write --namespace NAMESPACE.',
  });
});

it('in free text only known options are options', () => {
  expect(read('what does --dry-run do --share', true)).toMatchObject({
    options: { share: true },
    operands: ['what', 'does', '--dry-run', 'do'],
  });
});

it('escapes are undone in operands and values, a mention stays', () => {
  expect(read('a&amp;b <@U2|bob> -n x&lt;y')).toMatchObject({
    operands: ['a&b', '<@U2|bob>'],
    options: { namespace: 'x<y' },
  });
});

it('a name of every object is no option', () => {
  expect(failure('--constructor').code).toBe('usage');
  expect(failure('--__proto__=1').code).toBe('usage');
});

import { expect, it } from 'vitest';
import { checkBranch, checkPath } from './branch-name.ts';

it.each(['autodevops/chg-1', 'fix_2.1', 'a'])('takes %s as a branch', (name) => {
  expect(() => checkBranch(name)).not.toThrow();
});

it.each([
  '',
  '-x',
  '--force',
  'a//b',
  '/a',
  'a/',
  '.a',
  'a/.b',
  'a.lock',
  'a..b',
  'a b',
  'a~1',
  'a:b',
  'x'.repeat(201),
])('refuses "%s" as a branch', (name) => {
  expect(() => checkBranch(name)).toThrow(/is no name for a branch/);
});

it.each(['web.yaml', 'apps/web/values.yaml', '.github/x.yml', '.gitignore'])('takes %s as a file', (path) => {
  expect(() => checkPath(path)).not.toThrow();
});

it.each([
  '',
  '/etc/passwd',
  '../x',
  'a/../b',
  './a',
  'a//b',
  'a\\b',
  'a\nb',
  '.git/config',
  '.GIT/config',
  'a/.Git/hooks/x',
  'git~1/config',
  '.git./config',
  '.git /config',
  'x'.repeat(501),
])('refuses "%s" as a file', (path) => {
  expect(() => checkPath(path)).toThrow(/is no path of a file/);
});

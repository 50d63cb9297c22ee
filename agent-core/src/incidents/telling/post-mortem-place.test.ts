import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { requirePlace } from './post-mortem-place.ts';
import type { PostMortemPlace } from './post-mortem-place.ts';

function refusal(place: PostMortemPlace, repositories: readonly string[] = ['runbooks', 'apps']): string {
  try {
    requirePlace(place, repositories);
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'change.invalid') return `${error.message} ${error.remedy}`;
    throw error;
  }
  return '';
}

it('a place that the configuration names is one', () => {
  expect(refusal({ repository: 'runbooks' })).toBe('');
  expect(refusal({ repository: 'runbooks', path: 'docs/today.md', base: 'release/1' })).toBe('');
});

describe('where a post-mortem cannot go', () => {
  it('without any repository, it is said what to configure', () => {
    expect(refusal({ repository: 'runbooks' }, [])).toMatch(
      /no Git repository yet[\s\S]*agent's configuration, under `repositories`/,
    );
  });

  it('to another repository, it is said which there are', () => {
    expect(refusal({ repository: 'runbook' })).toMatch(/called runbook[\s\S]*Did you mean runbooks\?/);
    expect(refusal({ repository: 'Wiki\nof us' })).toMatch(/called Wiki of us[\s\S]*There is runbooks, apps\./);
  });

  it.each([
    [{ path: '../x.md' }, '../x.md is no place for a file'],
    [{ path: '.github/x.md' }, '.github/x.md is no place for a file'],
    [{ base: '--force' }, '--force is no name of a branch'],
  ])('to %j, it is said what to write', (given, says) => {
    expect(refusal({ repository: 'runbooks', ...given })).toContain(says);
  });
});

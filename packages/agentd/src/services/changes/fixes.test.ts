import { describe, expect, it } from 'vitest';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { fixesOf } from './fixes.ts';
import type { Fix } from './fixes.ts';
import { causeOf, diagnosisOf, web } from './testing/diagnosis-of.ts';

const resume: ProposedChange = { action: 'resume-rollout', target: web, params: {}, risk: 'medium' };
const variable: ProposedChange = {
  action: 'set-environment',
  target: web,
  params: { container: 'app', name: 'MODE' },
  risk: 'medium',
  asks: ['value'],
};

function fixWith(changes: ProposedChange[]): Fix | undefined {
  return fixesOf(diagnosisOf([causeOf({ nextSteps: ['Look.'], changes })]))[0];
}

describe('the fixes of a diagnosis', () => {
  it('are ready where nothing is missing, and open where a person has to give something', () => {
    const fix = fixWith([resume, variable]);
    expect(fix?.proposals).toEqual([{ action: 'resume-rollout', target: web, params: {} }]);
    expect(fix?.open).toEqual([
      {
        request: { action: 'set-environment', target: web, params: { container: 'app', name: 'MODE' } },
        asks: ['value'],
      },
    ]);
    expect(fix?.manual).toEqual(['Look.']);
  });

  it('leave out what the catalogue does not know', () => {
    expect(
      fixWith([
        { ...resume, action: 'manual' },
        { ...resume, params: { unknown: 1 } },
      ]),
    ).toMatchObject({ proposals: [], open: [] });
  });
});

import { describe, expect, it } from 'vitest';
import type { Cause, Diagnosis, ProposedChange } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';
import { fixesOf } from './fixes.ts';

const web = refByName('Deployment', 'shop', 'web');
const resume: ProposedChange = { action: 'resume-rollout', target: web, params: {}, risk: 'medium' };
const variable: ProposedChange = { action: 'set-environment', target: web, params: { container: 'app', name: 'MODE' }, risk: 'medium', asks: ['value'] };

function diagnosisWith(changes: ProposedChange[]): Diagnosis {
  const cause: Cause = { rank: 1, code: 'a.b', title: '', severity: 'critical', confidence: 'high', object: web, cause: '', since: '', began: '', impact: '', evidence: [], symptoms: [], nextSteps: ['Look.'], avoid: [], changes };
  const observed = { cluster: '', capturedAt: '', source: '', serverVersion: '', namespaces: [], objects: {}, logs: 0, milliseconds: 0 };
  return { schemaVersion: 1, verdict: 'problem', summary: '', observed, blindSpots: [], causes: [cause], information: [], suppressed: [] };
}

describe('the fixes of a diagnosis', () => {
  it('are ready where nothing is missing, and open where a person has to give something', () => {
    const [fix] = fixesOf(diagnosisWith([resume, variable]));
    expect(fix?.proposals).toEqual([{ action: 'resume-rollout', target: web, params: {} }]);
    expect(fix?.open).toEqual([{ request: { action: 'set-environment', target: web, params: { container: 'app', name: 'MODE' } }, asks: ['value'] }]);
    expect(fix?.manual).toEqual(['Look.']);
  });

  it('leave out what the catalogue does not know', () => {
    const [fix] = fixesOf(diagnosisWith([{ ...resume, action: 'manual' }, { ...resume, params: { unknown: 1 } }]));
    expect(fix).toMatchObject({ proposals: [], open: [] });
  });
});

import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';

export const web = refByName('Deployment', 'shop', 'web');

/** A grave and certain cause on Deployment shop/web. */
export function causeOf(said: Partial<Cause> = {}): Cause {
  return {
    rank: 1,
    code: 'a.b',
    title: '',
    severity: 'critical',
    confidence: 'high',
    object: web,
    cause: '',
    since: '',
    began: '',
    impact: '',
    evidence: [],
    symptoms: [],
    nextSteps: [],
    avoid: [],
    changes: [],
    ...said,
  };
}

export function diagnosisOf(causes: readonly Cause[], said: Partial<Diagnosis> = {}): Diagnosis {
  const observed = {
    cluster: '',
    capturedAt: '',
    source: '',
    serverVersion: '',
    namespaces: [],
    objects: {},
    logs: 0,
    milliseconds: 0,
  };
  return {
    schemaVersion: 1,
    verdict: causes.length === 0 ? 'healthy' : 'problem',
    summary: '',
    observed,
    blindSpots: [],
    causes: [...causes],
    information: [],
    suppressed: [],
    ...said,
  };
}

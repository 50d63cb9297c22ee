import type { Answer } from '@autodevops/domain/answer';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';

export const webObject = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u-1' };

export function causeSample(given: Partial<Cause> = {}): Cause {
  return {
    rank: 1,
    code: 'pod.image.not-found',
    title: 'Image not found',
    severity: 'critical',
    confidence: 'high',
    object: webObject,
    cause: 'The tag 1.5 is not there.',
    since: '',
    began: '',
    impact: '',
    evidence: [],
    symptoms: [{ code: 'pod.image.not-found', object: { ...webObject, kind: 'Pod', name: 'web-7f9c' } }],
    nextSteps: ['Correct the tag.'],
    avoid: [],
    changes: [],
    ...given,
  };
}

export function diagnosisSample(given: Partial<Diagnosis> = {}): Diagnosis {
  return {
    schemaVersion: 1,
    verdict: 'problem',
    summary: 'One problem.',
    blindSpots: [],
    causes: [causeSample()],
    information: [],
    suppressed: [],
    observed: {
      cluster: 'kind',
      capturedAt: '',
      source: 'kind',
      serverVersion: '1.33',
      namespaces: [],
      objects: { Pod: 3 },
      logs: 1,
      milliseconds: 400,
    },
    ...given,
  };
}

export function answerSample(given: Partial<Answer> = {}): Answer {
  return {
    schemaVersion: 1,
    question: 'why',
    intent: 'why-failing',
    outcome: 'answered',
    headline: 'The tag 1.5 is not there.',
    lines: ['It began 5 minutes ago.'],
    causes: [causeSample()],
    objects: [webObject],
    suggestions: [],
    blindSpots: [],
    ...given,
  };
}

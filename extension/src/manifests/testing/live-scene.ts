import type { Cause, Evidence } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';

export const webRef = refByName('Deployment', 'shop', 'web');
export const serviceRef = refByName('Service', 'shop', 'web');

/** A quotation of a field of an object of the cluster. */
export function quoted(object: Evidence['object'], path: string, quote: string): Evidence {
  return { source: 'spec', object, path, quote, time: '' };
}

/** A cause in the cluster, as the agent tells it. */
export function causeOf(given: Partial<Cause> & Pick<Cause, 'object'>): Cause {
  return {
    rank: 1,
    code: 'pod.image.not-found',
    title: 'Image not found',
    severity: 'critical',
    confidence: 'high',
    cause: 'The image does not exist.',
    since: '',
    began: '',
    impact: '',
    evidence: [],
    symptoms: [],
    nextSteps: [],
    avoid: [],
    changes: [],
    ...given,
  };
}

export function proposal(
  action: string,
  target: Cause['object'],
  params: Cause['changes'][number]['params'],
): Cause['changes'][number] {
  return { action, target, params, risk: 'low' };
}

import { Diagnosis } from '@autodevops/domain/diagnosis';
import type { Cause } from '@autodevops/domain/diagnosis';

function ref(kind: string, namespace: string, name: string): Cause['object'] {
  return { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, namespace, name, uid: '' };
}

/** A cause with all its parts, which Scarlet can do something about. */
export const imageCause: Cause = {
  rank: 1,
  code: 'pod.image.not-found',
  title: 'Image not found',
  severity: 'critical',
  confidence: 'high',
  object: ref('Deployment', 'shop', 'web'),
  cause: 'Container "web" asks for image "shop/web:1.5.0", which does not exist.',
  since: '2026-01-07T11:48:00Z',
  began: 'Since revision 7: image 1.4.2 → 1.5.0.',
  beganAt: '2026-01-07T11:47:30Z',
  impact: 'Service shop/web is served by 2 of 5 pods.',
  evidence: [
    {
      source: 'event',
      object: ref('Pod', 'shop', 'web-7d-a'),
      quote: 'Failed to pull image "shop/web:1.5.0": not found',
      time: '2026-01-07T11:58:00Z',
    },
  ],
  symptoms: [{ code: 'pod.image.not-found', object: ref('Pod', 'shop', 'web-7d-a') }],
  nextSteps: ['Correct the tag.'],
  avoid: ['Do not delete the pods.'],
  changes: [
    { action: 'rollout-undo', target: ref('Deployment', 'shop', 'web'), params: { toRevision: 6 }, risk: 'low' },
  ],
};

/** What a cluster may hold at its worst: escapes, markup, links, directions. Nothing of the catalogue helps it. */
export const hostileCause: Cause = {
  ...imageCause,
  rank: 2,
  code: 'service.no-endpoints.selector',
  title: 'Service selects no pod',
  severity: 'warning',
  object: ref('Service', 'prod', 'x\u001B[2J\u202Eevil'),
  cause: 'Selector "<script>alert(1)</script>" matches nothing (see [here](command:workbench.action.quit)). $(error)',
  impact: '',
  began: '',
  symptoms: [],
  avoid: [],
  evidence: [
    { source: 'log', object: ref('Pod', 'prod', 'y'), quote: 'bell\u0007 [x](command:x)\n# heading', time: '' },
  ],
  changes: [{ action: 'manual', target: ref('Service', 'prod', 'x'), params: {}, risk: 'low' }],
};

const note: Cause = {
  ...imageCause,
  rank: 1,
  code: 'node.cordoned',
  severity: 'info',
  object: ref('Node', '', 'worker-2'),
  cause: 'Node worker-2 is cordoned.',
  evidence: [],
  symptoms: [],
  nextSteps: [],
  avoid: [],
  changes: [],
};

export const problemDiagnosis: Diagnosis = Diagnosis.parse({
  schemaVersion: 1,
  verdict: 'problem',
  summary: 'Image not found: Deployment shop/web, and 1 more cause.',
  observed: {
    cluster: 'kind-dev',
    capturedAt: '2026-01-07T12:00:00Z',
    source: 'kind-dev',
    serverVersion: 'v1.36.3',
    namespaces: [],
    objects: { Pod: 31 },
    logs: 5,
    milliseconds: 212,
  },
  blindSpots: [
    { what: 'Secrets', why: 'The API server says: forbidden.', remedy: 'Grant get, list and watch on secrets.' },
  ],
  causes: [imageCause, hostileCause],
  information: [note],
  suppressed: [
    {
      ...hostileCause,
      rank: 1,
      suppression: { owner: 'ann', reason: 'waiting for the vendor', expires: '2026-12-31' },
    },
  ],
});

export const healthyDiagnosis: Diagnosis = {
  ...problemDiagnosis,
  verdict: 'healthy',
  summary: 'Nothing is wrong among 31 pods.',
  blindSpots: [],
  causes: [],
  information: [],
  suppressed: [],
};

/** So many causes in so many namespaces. */
export function manyCauses(count: number): Diagnosis {
  return {
    ...problemDiagnosis,
    causes: Array.from({ length: count }, (_one, index) => ({
      ...imageCause,
      rank: index + 1,
      object: ref('Deployment', `team-${index % 7}`, `web-${index}`),
    })),
  };
}

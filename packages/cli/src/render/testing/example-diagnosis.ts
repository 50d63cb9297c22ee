import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';

function ref(kind: string, namespace: string, name: string): Cause['object'] {
  return { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, namespace, name, uid: '' };
}

const now = '2026-01-01T12:00:00.000Z';

const image: Cause = {
  rank: 1,
  code: 'pod.image.not-found',
  title: 'Image not found',
  severity: 'critical',
  confidence: 'high',
  object: ref('Deployment', 'shop', 'web'),
  cause: 'Container "web" asks for image "shop/web:1.5.0", which the registry says does not exist.',
  since: '2026-01-01T11:48:00Z',
  began: 'Since revision 7: image 1.4.2 → 1.5.0.',
  beganAt: '2026-01-01T11:47:40Z',
  impact: 'Service shop/web is served by 2 of 5 pods.',
  evidence: [
    {
      source: 'event',
      object: ref('Pod', 'shop', 'web-7d-a'),
      quote:
        'Failed: Failed to pull image "shop/web:1.5.0": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/shop/web:1.5.0": failed to resolve reference "docker.io/shop/web:1.5.0": docker.io/shop/web:1.5.0: not found',
      time: '2026-01-01T11:58:00Z',
    },
    {
      source: 'spec',
      object: ref('Pod', 'shop', 'web-7d-a'),
      quote: 'shop/web:1.5.0',
      time: '',
      path: 'spec.containers[0].image',
    },
    {
      source: 'status',
      object: ref('Pod', 'shop', 'web-7d-b'),
      quote: 'ImagePullBackOff',
      time: '',
      path: 'status.containerStatuses[0].state.waiting.reason',
    },
  ],
  symptoms: ['a', 'b', 'c'].map((letter) => ({
    code: 'pod.image.not-found',
    object: ref('Pod', 'shop', `web-7d-${letter}`),
  })),
  nextSteps: [
    'Correct the tag, or push the image "shop/web:1.5.0".',
    'Check the release that named it.',
    'If it cannot be repaired at once, go back to revision 6 (web: shop/web:1.4.2): `kubectl -n shop rollout undo deployment/web --to-revision=6`.',
  ],
  avoid: ['Do not delete the pods: their replacements ask for the same image.'],
  changes: [
    { action: 'rollout-undo', target: ref('Deployment', 'shop', 'web'), params: { toRevision: 6 }, risk: 'low' },
  ],
};

/** Began with no change that is known. */
const { beganAt: _beganAt, ...undated } = image;

/** Every text that a cluster may hold, at its worst: escapes, markup, bidi, wide characters. */
const hostile: Cause = {
  ...undated,
  rank: 2,
  code: 'service.no-endpoints.selector',
  title: 'Service selects no pod',
  severity: 'warning',
  confidence: 'medium',
  object: ref('Service', 'prod', 'x\u001B[2J\u202Eevil'),
  cause:
    'Selector "app=<script>alert(1)</script>|`id`" matches no pod in 名前空間 🚀🚀🚀 (see [here](http://evil.example) @everyone).',
  began: '',
  impact: '',
  evidence: [
    {
      source: 'log',
      object: ref('Pod', 'prod', 'y'),
      quote: 'bell\u0007 \u001B]0;title\u0007 ```\n# heading\n&amp; ]]>',
      time: 'not a time',
      path: 'app (previous)',
    },
  ],
  symptoms: [],
  nextSteps: ['Set the selector to "app=shop".'],
  avoid: [],
  changes: [{ action: 'delete-pod', target: ref('Pod', 'prod', "y'; rm -rf /"), params: {}, risk: 'low' }],
};

const note: Cause = {
  ...undated,
  rank: 1,
  code: 'node.cordoned',
  title: 'Node cordoned (by design)',
  severity: 'info',
  object: ref('Node', '', 'worker-2'),
  cause: 'Node worker-2 is cordoned: no new pods are placed on it.',
  began: '',
  impact: '',
  evidence: [],
  symptoms: [],
  nextSteps: [],
  avoid: [],
  changes: [],
};

/** A problem with all its parts. */
export const problem: Diagnosis = {
  schemaVersion: 1,
  verdict: 'problem',
  summary: 'Image not found: Deployment shop/web, and 1 more cause.',
  observed: {
    cluster: 'kind-dev',
    capturedAt: now,
    source: 'kind-dev',
    serverVersion: 'v1.36.3',
    namespaces: [],
    objects: { Pod: 31, Deployment: 9, Service: 6, Node: 3, Event: 210 },
    logs: 5,
    milliseconds: 212.4,
  },
  blindSpots: [
    { what: 'Secrets', why: 'The API server says: forbidden.', remedy: 'Grant get, list and watch on secrets.' },
  ],
  causes: [image, hostile],
  information: [note],
  suppressed: [
    { ...hostile, rank: 1, suppression: { owner: 'ann', reason: 'waiting for the vendor', expires: '2026-12-31' } },
  ],
};

export const healthy: Diagnosis = {
  ...problem,
  verdict: 'healthy',
  summary: 'Nothing is wrong among 31 pods.',
  blindSpots: [],
  causes: [],
  information: [],
  suppressed: [],
};

export const inconclusive: Diagnosis = {
  ...healthy,
  verdict: 'inconclusive',
  summary: 'Nothing wrong was seen, but not everything could be looked at.',
  blindSpots: problem.blindSpots,
};

/** Sixteen causes: more than a screen. */
export const many: Diagnosis = {
  ...problem,
  causes: Array.from({ length: 16 }, (_, i) => ({
    ...image,
    rank: i + 1,
    object: ref('Deployment', 'shop', `web-${i + 1}`),
  })),
};

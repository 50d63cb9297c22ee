import { describe, expect } from 'vitest';
import type { Fault, FaultRequest } from '../../packages/kube/src/replay/replay-server.ts';
import { diagnosisOf } from './diagnosis-json.ts';
import type { DiagnosisJson } from './diagnosis-json.ts';
import { expectFailure } from './failure-sentence.ts';
import { passOn } from './pass-on.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { namespaceObject, runningPod, smallCluster } from './small-cluster.ts';

const look = ['diagnose', '-o', 'json'];
const there = 'The API server of context "faulty" (http://127.0.0.1:*)';

function isList(request: FaultRequest): boolean {
  return request.query.has('limit');
}

/** A fault of the lists of one resource; `onPage`: the first page (0) or a later one (1), or all. */
function faultOf(plural: string, fault: Fault, onPage?: 0 | 1): (request: FaultRequest) => Fault | undefined {
  return (request) => {
    const page = request.query.has('continue') ? 1 : 0;
    return isList(request) && request.path.endsWith(`/${plural}`) && (onPage === undefined || page === onPage)
      ? fault
      : undefined;
  };
}

async function diagnoseWith(
  scene: Scene,
  fault: (request: FaultRequest) => Fault | undefined,
  pods = 1,
): Promise<{ readonly diagnosis: DiagnosisJson; readonly code: number | undefined }> {
  const objects = Array.from({ length: pods }, (_, i) => runningPod(`web-${i}`));
  await scene.replay(smallCluster(objects), { fault });
  const ran = await scene.run(look, { limitSeconds: 100 });
  return { diagnosis: diagnosisOf(ran), code: ran.code };
}

interface Blindness {
  readonly name: string;
  readonly fault: Fault;
  readonly onPage?: 0 | 1;
  readonly plural?: string;
  readonly what?: string;
  readonly why: RegExp;
}

const blindnesses: readonly Blindness[] = [
  {
    name: 'answers 500',
    fault: { kind: 'status', code: 500, message: 'etcdserver: request timed out' },
    why: /fails with 500 for \/api\/v1\/pods: etcdserver: request timed out\.$/,
  },
  {
    name: 'answers 503 for ever',
    fault: { kind: 'status', code: 503, message: 'overloaded' },
    why: /fails with 503 for \/api\/v1\/pods: overloaded\.$/,
  },
  {
    name: 'answers 429 for ever',
    fault: { kind: 'status', code: 429, retryAfterSeconds: 1 },
    why: /has too many requests to answer at once\.$/,
  },
  { name: 'never answers', fault: { kind: 'hang' }, why: /takes requests but does not answer within 15 s\.$/ },
  { name: 'is cut in the middle', fault: { kind: 'cut', afterBytes: 300 }, why: /cut the connection\.$/ },
  { name: 'ends before its time', fault: { kind: 'malformed' }, why: /ends in the middle of a list\.$/ },
  {
    name: 'ends before its time on its second page',
    fault: { kind: 'malformed' },
    onPage: 1,
    why: /ends in the middle of a list\.$/,
  },
  {
    name: 'is cut on its second page',
    fault: { kind: 'cut', afterBytes: 300 },
    onPage: 1,
    why: /cut the connection\.$/,
  },
  { name: 'is a web page', fault: { kind: 'html' }, why: /answers with a web page, not as a Kubernetes API\.$/ },
  {
    name: 'is too old again and again',
    fault: { kind: 'gone' },
    onPage: 1,
    why: /no longer has the state of \/api\/v1\/pods that was asked for\.$/,
  },
  {
    name: 'answers 405',
    fault: { kind: 'status', code: 405 },
    why: /does not understand the request for \/api\/v1\/pods \(405\).*\.$/,
  },
  {
    name: 'answers 406',
    fault: { kind: 'status', code: 406 },
    why: /does not understand the request for \/api\/v1\/pods \(406\).*\.$/,
  },
  {
    name: 'answers 500',
    plural: 'deployments',
    what: 'Deployments',
    fault: { kind: 'status', code: 500, message: 'storage is (re)initializing' },
    why: /fails with 500 for \/apis\/apps\/v1\/deployments: storage is \(re\)initializing\.$/,
  },
];

describe.concurrent('one list that fails is a blind spot, and never "healthy":', () => {
  for (const { name, fault, onPage, plural = 'pods', what = 'Pods', why } of blindnesses) {
    it(`${what} ${name}`, async ({ scene }) => {
      const { diagnosis, code } = await diagnoseWith(scene, faultOf(plural, fault, onPage), 501);
      expect(diagnosis.blindSpots).toContainEqual({
        what,
        why: expect.stringMatching(why) as string,
        remedy: expect.stringMatching(/\w{4}.*\.$/) as string,
      });
      expect(diagnosis.verdict).toBe('inconclusive');
      expect(code).toBe(2);
    });
  }

  it('says it in words too', async ({ scene }) => {
    await scene.replay(smallCluster(), {
      fault: faultOf('pods', { kind: 'status', code: 500, message: 'etcd is down' }),
    });
    const { stdout, code } = await scene.run(['diagnose']);
    expect(stdout).toMatch(/inconclusive/i);
    expect(stdout).toContain('Pods');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('fails with 500 for /api/v1/pods: etcd is down.');
    expect(code).toBe(2);
  });
});

describe.concurrent('what passes by itself is not told:', () => {
  const passing: readonly (readonly [name: string, fault: Fault, times: number, onPage?: 0 | 1])[] = [
    ['429 twice and then the list', { kind: 'status', code: 429, retryAfterSeconds: 0 }, 2],
    ['503 once and then the list', { kind: 'status', code: 503, retryAfterSeconds: 1 }, 1],
    ['410 in the middle of the pages and then the whole list', { kind: 'gone' }, 1, 1],
    ['a kind that is not there', { kind: 'status', code: 404 }, 1000],
  ];
  for (const [name, fault, times, onPage] of passing) {
    it(name, async ({ scene }) => {
      let left = times;
      const plural = times > 100 ? 'horizontalpodautoscalers' : 'pods';
      const choose = faultOf(plural, fault, onPage);
      const { diagnosis, code } = await diagnoseWith(
        scene,
        (request) => (left > 0 && choose(request) !== undefined ? (left--, fault) : undefined),
        501,
      );
      expect(diagnosis.blindSpots).toEqual([]);
      expect([diagnosis.verdict, code]).toEqual(['healthy', 0]);
    });
  }
});

describe.concurrent('every list fails:', () => {
  it('none is answered, which is waited for once', async ({ scene }) => {
    let asked = 0;
    await scene.replay(smallCluster(), {
      fault: (request) => (isList(request) && ++asked > 0 ? { kind: 'hang' } : undefined),
    });
    const ran = await scene.run(look);
    expectFailure(ran, {
      exit: 69,
      code: 'cluster.no-answer',
      says: `${there} takes requests but does not answer within 15 s.`,
      todo: 'Look at the load and the logs of the API server and of etcd, and try again.',
    });
    // As many as are asked for at once; the others are not waited for.
    expect(asked).toBeLessThan(12);
  });

  it('the server wants to be left alone for longer than anybody waits', async ({ scene }) => {
    await scene.replay(smallCluster(), {
      fault: (request) => (isList(request) ? { kind: 'status', code: 429, retryAfterSeconds: 9 } : undefined),
    });
    const ran = await scene.run(look);
    expectFailure(ran, {
      exit: 69,
      code: 'cluster.too-many-requests',
      says: `${there} has too many requests to answer at once.`,
      todo: 'Wait a moment and try again; look at who asks so much (API Priority and Fairness).',
    });
  });

  it('in every one of many namespaces', async ({ scene }) => {
    const names = Array.from({ length: 30 }, (_, i) => `team-${i}`);
    await scene.replay(smallCluster(names.map(namespaceObject)), {
      fault: (request) => (isList(request) ? { kind: 'hang' } : undefined),
    });
    const ran = await scene.run([...look, ...names.flatMap((name) => ['-n', name])]);
    expectFailure(ran, {
      exit: 69,
      code: 'cluster.no-answer',
      says: `${there} takes requests but does not answer within 15 s.`,
      todo: 'Look at the load and the logs of the API server and of etcd, and try again.',
    });
  });
});

describe.concurrent('an API server that goes away in the middle', () => {
  it('ends the run, which says so', async ({ scene }) => {
    let end = (): void => undefined;
    let asked = 0;
    const server = await scene.replay(smallCluster(), {
      fault: (request) => (isList(request) && ++asked > 4 ? (end(), { kind: 'cut', afterBytes: 0 }) : undefined),
    });
    end = () => void server.close();
    const ran = await scene.run(look);
    expectFailure(ran, {
      exit: 69,
      code: 'cluster.refused',
      says: `${there} refuses the connection: nothing listens there.`,
      todo: 'Start the cluster (for Kind: see `docker ps -a`), or check the address in the kubeconfig.',
    });
  });

  it('and comes back is read to the end', async ({ scene }) => {
    const cut = new Set<string>();
    const isCut = ({ path }: FaultRequest): boolean =>
      /\/(?:pods|services|nodes)$/.test(path) && !cut.has(path) && cut.add(path).has(path);
    const { diagnosis, code } = await diagnoseWith(scene, (request) =>
      isList(request) && isCut(request) ? { kind: 'cut', afterBytes: 0 } : undefined,
    );
    expect(cut.size).toBe(3);
    expect([diagnosis.verdict, code, diagnosis.blindSpots]).toEqual(['healthy', 0, []]);
  });
});

/** Serves the recording, but lists of pods are whatever is given. */
async function withPods(scene: Scene, pods: () => string): Promise<void> {
  const replay = await scene.replay(smallCluster());
  await scene.http((request, response) => {
    const { url = '/' } = request;
    if (url.startsWith('/api/v1/pods?')) {
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(pods());
    }
    return passOn(replay.url + url, response);
  });
}

describe.concurrent('a list that is no list', () => {
  const cases: readonly (readonly [name: string, body: string, why: RegExp])[] = [
    [
      'damaged in the middle of an object',
      '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a" "b"}}]}',
      /sends JSON that is damaged\.$/,
    ],
    ['something else', '{"kind":"Status","status":"Success"}', /answers, but not with a list\.$/],
    [
      'a list of numbers',
      '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[1,2]}',
      /sends a list of something else than objects\.$/,
    ],
    ['nothing at all', '', /ends in the middle of a list, or sends JSON that is damaged\.$/],
  ];
  for (const [name, body, why] of cases) {
    it(name, async ({ scene }) => {
      await withPods(scene, () => body);
      const ran = await scene.run(look);
      const { verdict, blindSpots } = diagnosisOf(ran);
      expect([verdict, ran.code]).toEqual(['inconclusive', 2]);
      expect(blindSpots).toContainEqual({
        what: 'Pods',
        why: expect.stringMatching(why) as string,
        remedy: 'Check the server of the kubeconfig, and whether a proxy or a login page stands in between.',
      });
    });
  }
});

describe.concurrent('a list that never ends', () => {
  const page = (next: string): string =>
    JSON.stringify({
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: '1', continue: next },
      items: [runningPod('web-1')],
    });

  it('because it gives the same page again', async ({ scene }) => {
    await withPods(scene, () => page('again'));
    const ran = await scene.run(look);
    expect(diagnosisOf(ran).blindSpots).toContainEqual({
      what: 'Pods',
      why: expect.stringMatching(/sends the same page of \/api\/v1\/pods again and again\.$/) as string,
      remedy: 'Check the server of the kubeconfig, and whether a proxy or a login page stands in between.',
    });
    expect(ran.code).toBe(2);
  });

  it('because there is always one more page', async ({ scene }) => {
    let pages = 0;
    const items = Array.from({ length: 500 }, () => '{"metadata":{"name":"a"}}').join();
    await withPods(
      scene,
      () =>
        `{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1","continue":"page-${pages++}"},"items":[${items}]}`,
    );
    const ran = await scene.run(look, { limitSeconds: 160 });
    expect(diagnosisOf(ran).blindSpots).toContainEqual({
      what: 'Pods',
      why: expect.stringMatching(
        /does not come to an end with \/api\/v1\/pods \(500,000 objects so far\)\.$/,
      ) as string,
      remedy: 'Check the server of the kubeconfig, and whether a proxy or a login page stands in between.',
    });
    expect(ran.code).toBe(2);
    expect(ran.megabytes).toBeLessThan(400);
  });
});

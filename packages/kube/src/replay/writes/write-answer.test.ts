import { afterEach, describe, expect, it } from 'vitest';
import { read, readEvents } from '../read-replay.ts';
import { startReplayServer } from '../replay-server.ts';
import type { ReplayOptions, ReplayServer } from '../replay-server.ts';
import { smallRecording } from '../small-recording.ts';

const running: ReplayServer[] = [];

async function start(options: ReplayOptions = {}): Promise<string> {
  const server = await startReplayServer(smallRecording, { writable: true, ...options });
  running.push(server);
  return server.url;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

interface Told {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly metadata: Readonly<Record<string, unknown>> };
}

async function ask(method: string, url: string, body?: unknown, type = 'application/json'): Promise<Told> {
  const { code, text } = await read(url, { method, headers: { 'content-type': type }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { code, body: JSON.parse(text) as Told['body'] };
}

const jsonPatch = 'application/json-patch+json';
const mergePatch = 'application/merge-patch+json';
const strategicPatch = 'application/strategic-merge-patch+json';
const applyPatch = 'application/apply-patch+yaml';
const pods = '/api/v1/namespaces/shop/pods';
const deployment = '/apis/apps/v1/namespaces/shop/deployments/web';
const configMap = (name: string, more: object = {}): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more });

// The words are those of kube-apiserver 1.36.
describe('a refusal', () => {
  it.each<readonly [string, string, string, unknown, string, number, object]>([
    ['a test that does not hold', 'PATCH', deployment, [{ op: 'test', path: '/metadata/name', value: 'x' }], jsonPatch, 422, { message: 'the server rejected our request due to an error in our request', reason: 'Invalid', details: {} }],
    ['an operation that there is not', 'PATCH', deployment, [{ op: 'frob', path: '/metadata/name', value: 'x' }], jsonPatch, 422, { reason: 'Invalid', details: {} }],
    ['a patch that reaches into the language', 'PATCH', deployment, [{ op: 'add', path: '/__proto__/x', value: 1 }], jsonPatch, 422, { details: {} }],
    ['a patch that is no list', 'PATCH', deployment, { a: 1 }, jsonPatch, 400, { message: 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp' }],
    ['another name', 'PATCH', deployment, { metadata: { name: 'x' } }, mergePatch, 400, { message: 'the name of the object (x) does not match the name on the URL (web)' }],
    ['another version', 'PATCH', deployment, { metadata: { resourceVersion: '1' } }, mergePatch, 409, { message: 'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again', reason: 'Conflict', details: { name: 'web', group: 'apps', kind: 'deployments' } }],
    ['another uid', 'PATCH', deployment, { metadata: { uid: '1' } }, mergePatch, 422, { message: 'Deployment.apps "web" is invalid: metadata.uid: Invalid value: "1": field is immutable' }],
    ['a label that is no text', 'PATCH', deployment, { metadata: { labels: { a: 1 } } }, mergePatch, 422, { details: { causes: [expect.objectContaining({ field: 'patch' })] } }],
    ['a patch of no known type', 'PATCH', deployment, {}, 'application/json', 415, { message: '415: Unsupported Media Type', details: {} }],
    ['a strategic patch of a custom resource', 'PATCH', '/apis/farm.example/v1/oxen/bertha', {}, strategicPatch, 415, { message: 'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml' }],
    ['force without apply', 'PATCH', `${deployment}?force=true`, [], jsonPatch, 422, { message: 'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch' }],
    ['half a dry run', 'PATCH', `${deployment}?dryRun=x`, [], jsonPatch, 422, { message: 'PatchOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["x"]: supported values: "All"' }],
    ['an apply by nobody', 'PATCH', deployment, { apiVersion: 'apps/v1', kind: 'Deployment' }, applyPatch, 422, { message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch' }],
    ['an apply that says who owns what', 'PATCH', `${deployment}?fieldManager=x`, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { managedFields: [{}] } }, applyPatch, 400, { message: 'metadata.managedFields must be nil' }],
    ['an apply of an object that was another', 'PATCH', '/api/v1/namespaces/shop/configmaps/new?fieldManager=x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new', uid: 'x' } }, applyPatch, 409, { message: 'Operation cannot be fulfilled on configmaps "new": uid mismatch: the provided object specified uid x, and no existing object was found' }],
    ['fewer than no replicas', 'PATCH', `${deployment}/scale`, [{ op: 'add', path: '/spec/replicas', value: -1 }], jsonPatch, 422, { message: 'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0' }],
    ['a scale of what has none', 'PATCH', `${pods}/web-1/scale`, [], jsonPatch, 404, { message: 'the server could not find the requested resource' }],
    ['a new object with a version', 'POST', '/api/v1/namespaces/shop/configmaps', configMap('a', { metadata: { name: 'a', resourceVersion: '1' } }), 'application/json', 500, { message: 'resourceVersion should not be set on objects to be created' }],
    ['a new object without a name', 'POST', '/api/v1/namespaces/shop/configmaps', configMap(''), 'application/json', 422, { message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required' }],
    ['a new object of another kind', 'POST', '/api/v1/namespaces/shop/configmaps', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, 'application/json', 400, { reason: 'BadRequest' }],
    ['a new object in another namespace', 'POST', '/api/v1/namespaces/shop/configmaps', configMap('a', { metadata: { name: 'a', namespace: 'b' } }), 'application/json', 400, { message: 'the namespace of the provided object does not match the namespace sent on the request' }],
    ['a new object in no namespace', 'POST', '/api/v1/namespaces/none/configmaps', configMap('a'), 'application/json', 404, { message: 'namespaces "none" not found' }],
    ['a new object of an old name', 'POST', pods, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1' } }, 'application/json', 409, { message: 'pods "web-1" already exists', reason: 'AlreadyExists', details: { name: 'web-1', kind: 'pods' } }],
    ['a delete of another object', 'DELETE', deployment, { preconditions: { uid: 'x' } }, 'application/json', 409, { message: expect.stringContaining('Operation cannot be fulfilled on Deployment.apps "web": the UID in the precondition (x) does not match the UID in record'), details: { name: 'web', group: 'apps', kind: 'Deployment' } }],
    ['a delete of no known policy', 'DELETE', deployment, { propagationPolicy: 'x' }, 'application/json', 422, { message: 'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"' }],
    ['a delete of many', 'DELETE', pods, undefined, 'application/json', 405, {}],
    ['a replacement', 'PUT', `${pods}/web-1`, {}, 'application/json', 405, {}],
    ['an eviction of nobody', 'POST', `${pods}/none/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'none' } }, 'application/json', 404, { message: 'pods "none" not found' }],
    ['a field of a pod that stays', 'PATCH', `${pods}/web-1`, { spec: { nodeName: 'n2' } }, mergePatch, 422, { reason: 'Invalid' }],
  ])('of %s is told as by the original', async (_name, method, path, body, type, code, status) => {
    const told = await ask(method, (await start()) + path, body, type);
    expect(told.code).toBe(code);
    expect(told.body).toMatchObject({ kind: 'Status', status: 'Failure', code, ...status });
  });

  it('is the answer to everything where changes are not taken', async () => {
    const url = await start({ writable: false });
    for (const [method, path] of [['POST', pods], ['PATCH', `${pods}/web-1`], ['DELETE', `${pods}/web-1`], ['POST', `${pods}/web-1/eviction`]] as const) expect((await ask(method, url + path, {})).code).toBe(405);
    expect((await ask('GET', `${url}${deployment}/scale`)).code).toBe(404);
  });

  it('names whom the client acts as, and is asked for with the verb of the change', async () => {
    const url = await start({ allow: (resource, verb, _namespace, user) => user !== 'jo' || (resource === 'pods' && verb === 'get') });
    const answer = await read(`${url}${pods}/web-1`, { method: 'DELETE', headers: { 'impersonate-user': 'jo' } });
    expect(answer.text).toContain('User \\"jo\\" cannot delete resource \\"pods\\" in API group \\"\\" in the namespace \\"shop\\"');
    expect((await read(`${url}${pods}/web-1`, { headers: { 'impersonate-user': 'jo' } })).code).toBe(200);
    expect((await read(`${url}${pods}/web-1`, { headers: { 'impersonate-group': 'dev' } })).code).toBe(400);
  });
});

describe('a change', () => {
  it('is seen by those who watch', async () => {
    const url = await start();
    const events = readEvents(`${url}/api/v1/namespaces/shop/configmaps?watch=1&timeoutSeconds=1&resourceVersion=40`);
    await ask('POST', `${url}/api/v1/namespaces/shop/configmaps`, configMap('seen', { data: { a: '1' } }));
    await ask('PATCH', `${url}/api/v1/namespaces/shop/configmaps/seen`, { data: { a: '2' } }, mergePatch);
    await ask('PATCH', `${url}/api/v1/namespaces/shop/configmaps/seen?dryRun=All`, { data: { a: '3' } }, mergePatch);
    await ask('DELETE', `${url}/api/v1/namespaces/shop/configmaps/seen`);
    const seen = (await events).map(({ type, object }) => [type, Number(object.metadata.resourceVersion)]);
    expect(seen).toEqual([['ADDED', 41], ['MODIFIED', 42], ['DELETED', 43]]);
  });

  it('merges containers by their names, and refuses what it cannot merge soundly', async () => {
    const url = await start();
    const merged = await ask('PATCH', `${url}${pods}/web-2`, { spec: { containers: [{ name: 'sidecar', image: 'b:2' }] } }, strategicPatch);
    expect(merged.body['spec']).toMatchObject({ containers: [{ name: 'app' }, { name: 'sidecar', image: 'b:2' }] });
    const template = (spec: object): object => ({ spec: { template: { spec } } });
    await ask('PATCH', `${url}${deployment}`, template({ containers: [{ name: 'app', image: 'a:1' }, { name: 'sidecar', image: 'b:1' }] }), strategicPatch);
    const ordered = await ask('PATCH', `${url}${deployment}`, template({ '$setElementOrder/containers': [{ name: 'sidecar' }, { name: 'app' }], containers: [{ name: 'app', image: 'a:2' }] }), strategicPatch);
    expect(ordered.body).toMatchObject(template({ containers: [{ name: 'sidecar', image: 'b:1' }, { name: 'app', image: 'a:2' }] }));
    for (const spec of [{ $patch: 'replace' }, { '$setElementOrder/containers': [{ name: 'app' }] }, { unheardOf: [{ a: 1 }] }, { containers: [{ image: 'nameless' }] }]) expect((await ask('PATCH', `${url}${pods}/web-2`, { spec }, strategicPatch)).code).toBe(415);
  });

  it('ends a pod on a node by its kubelet, and any other pod at once', async () => {
    const url = await start();
    const ending = await ask('DELETE', `${url}${pods}/web-1`, { gracePeriodSeconds: 5 });
    expect(ending.body.metadata).toMatchObject({ deletionGracePeriodSeconds: 5, deletionTimestamp: expect.any(String) });
    expect((await ask('GET', `${url}${pods}/web-1`)).code).toBe(200);
    expect((await ask('DELETE', `${url}/api/v1/namespaces/data/pods/db-0`)).body).toMatchObject({ kind: 'Pod' });
    expect((await ask('GET', `${url}/api/v1/namespaces/data/pods/db-0`)).code).toBe(404);
  });

  it('holds a deleted Namespace, and takes nothing new into it', async () => {
    const url = await start();
    await ask('POST', `${url}/api/v1/namespaces`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'going' } });
    expect((await ask('DELETE', `${url}/api/v1/namespaces/going`)).body).toMatchObject({ status: { phase: 'Terminating' } });
    const late = await ask('POST', `${url}/api/v1/namespaces/going/configmaps`, configMap('late'));
    expect(late.body).toMatchObject({ code: 403, message: 'configmaps "late" is forbidden: unable to create new content in namespace going because it is being terminated', details: { causes: [{ reason: 'NamespaceTerminating' }] } });
  });

  it('waits for the collector when dependents go first or stay', async () => {
    const url = await start();
    for (const [policy, finalizer] of [['Foreground', 'foregroundDeletion'], ['Orphan', 'orphan'], ['Background', undefined]] as const) {
      await ask('POST', `${url}/api/v1/namespaces/shop/configmaps`, configMap(`by-${policy.toLowerCase()}`));
      const told = await ask('DELETE', `${url}/api/v1/namespaces/shop/configmaps/by-${policy.toLowerCase()}`, { propagationPolicy: policy });
      expect(told.body.metadata['finalizers']).toEqual(finalizer === undefined ? undefined : [finalizer]);
    }
  });

  it('is offered by discovery, with its subresources', async () => {
    const { body } = await ask('GET', `${await start()}/apis/apps/v1`);
    const resources = body['resources'] as { name: string; verbs: string[]; group?: string }[];
    expect(resources.find(({ name }) => name === 'deployments')?.verbs).toEqual(['create', 'delete', 'get', 'list', 'patch', 'watch']);
    expect(resources.find(({ name }) => name === 'deployments/scale')).toMatchObject({ group: 'autoscaling', verbs: ['get', 'patch'] });
  });
});

describe('an eviction', () => {
  const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  const budget = (name: string, status: object, spec: object = {}): object => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name, namespace: 'shop', generation: 1 }, spec: { selector: { matchLabels: { app: 'bound' } }, ...spec }, status });
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bound', namespace: 'shop', labels: { app: 'bound' } }, spec: {}, status: ready };

  async function evicting(...objects: readonly object[]): Promise<Told> {
    const server = await startReplayServer({ objects: [pod, ...objects] as Readonly<Record<string, unknown>>[], logs: [] }, { writable: true });
    running.push(server);
    return await ask('POST', `${server.url}${pods}/bound/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'bound' } });
  }

  it('uses up what the budget allows', async () => {
    const server = await startReplayServer({ objects: [pod, { ...pod, metadata: { ...pod.metadata, name: 'other' } }, budget('web', { observedGeneration: 1, disruptionsAllowed: 1, desiredHealthy: 1, currentHealthy: 2 })] as Readonly<Record<string, unknown>>[], logs: [] }, { writable: true });
    running.push(server);
    const evict = (name: string): Promise<Told> => ask('POST', `${server.url}${pods}/${name}/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } });
    expect((await evict('bound')).body).toMatchObject({ status: 'Success', code: 201 });
    expect((await evict('other')).body).toMatchObject({ code: 429, message: "Cannot evict pod as it would violate the pod's disruption budget.", details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget web needs 1 healthy pods and has 2 currently' }] } });
  });

  it('waits until the budget was looked at', async () => {
    expect((await evicting(budget('web', {}))).body).toMatchObject({ code: 429, details: { retryAfterSeconds: 10 } });
  });

  it('is not possible under two budgets', async () => {
    const allowed = { observedGeneration: 1, disruptionsAllowed: 1 };
    expect((await evicting(budget('one', allowed), budget('two', allowed))).body).toMatchObject({ code: 500, message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.' });
  });

  it('needs no budget for a pod that serves nobody', async () => {
    const none = { observedGeneration: 1, disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 0 };
    const sick = { ...pod, status: { phase: 'Running' } };
    expect((await evicting(sick, budget('web', none))).code).toBe(429);
    expect((await evicting(sick, budget('web', none, { unhealthyPodEvictionPolicy: 'AlwaysAllow' }))).code).toBe(201);
    expect((await evicting(sick, budget('web', { ...none, currentHealthy: 1 }))).code).toBe(201);
    expect((await evicting({ ...pod, status: { phase: 'Pending' } }, budget('web', none))).code).toBe(201);
  });
});

import { describe, expect, it } from 'vitest';
import { read } from '../read-replay.ts';
import {
  applyPatch,
  ask,
  configMap,
  deployment,
  jsonPatch,
  mergePatch,
  pods,
  start,
  strategicPatch,
} from './testing/writable-replay.ts';

// The words are those of kube-apiserver 1.36.
describe('a refusal', () => {
  it.each<readonly [string, string, string, unknown, string, number, object]>([
    [
      'a test that does not hold',
      'PATCH',
      deployment,
      [{ op: 'test', path: '/metadata/name', value: 'x' }],
      jsonPatch,
      422,
      { message: 'the server rejected our request due to an error in our request', reason: 'Invalid', details: {} },
    ],
    [
      'an operation that there is not',
      'PATCH',
      deployment,
      [{ op: 'frob', path: '/metadata/name', value: 'x' }],
      jsonPatch,
      422,
      { reason: 'Invalid', details: {} },
    ],
    [
      'a patch that reaches into the language',
      'PATCH',
      deployment,
      [{ op: 'add', path: '/__proto__/x', value: 1 }],
      jsonPatch,
      422,
      { details: {} },
    ],
    [
      'a patch that is no list',
      'PATCH',
      deployment,
      { a: 1 },
      jsonPatch,
      400,
      { message: 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp' },
    ],
    [
      'another name',
      'PATCH',
      deployment,
      { metadata: { name: 'x' } },
      mergePatch,
      400,
      { message: 'the name of the object (x) does not match the name on the URL (web)' },
    ],
    [
      'another version',
      'PATCH',
      deployment,
      { metadata: { resourceVersion: '1' } },
      mergePatch,
      409,
      {
        message:
          'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
        reason: 'Conflict',
        details: { name: 'web', group: 'apps', kind: 'deployments' },
      },
    ],
    [
      'another uid',
      'PATCH',
      deployment,
      { metadata: { uid: '1' } },
      mergePatch,
      422,
      { message: 'Deployment.apps "web" is invalid: metadata.uid: Invalid value: "1": field is immutable' },
    ],
    [
      'a label that is no text',
      'PATCH',
      deployment,
      { metadata: { labels: { a: 1 } } },
      mergePatch,
      422,
      { details: { causes: [expect.objectContaining({ field: 'patch' })] } },
    ],
    [
      'a patch of no known type',
      'PATCH',
      deployment,
      {},
      'application/json',
      415,
      { message: '415: Unsupported Media Type', details: {} },
    ],
    [
      'a strategic patch of a custom resource',
      'PATCH',
      '/apis/farm.example/v1/oxen/bertha',
      {},
      strategicPatch,
      415,
      {
        message:
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      },
    ],
    [
      'force without apply',
      'PATCH',
      `${deployment}?force=true`,
      [],
      jsonPatch,
      422,
      { message: 'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch' },
    ],
    [
      'half a dry run',
      'PATCH',
      `${deployment}?dryRun=x`,
      [],
      jsonPatch,
      422,
      { message: 'PatchOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["x"]: supported values: "All"' },
    ],
    [
      'an apply by nobody',
      'PATCH',
      deployment,
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      applyPatch,
      422,
      { message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch' },
    ],
    [
      'an apply that says who owns what',
      'PATCH',
      `${deployment}?fieldManager=x`,
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { managedFields: [{}] } },
      applyPatch,
      400,
      { message: 'metadata.managedFields must be nil' },
    ],
    [
      'an apply of an object that was another',
      'PATCH',
      '/api/v1/namespaces/shop/configmaps/new?fieldManager=x',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new', uid: 'x' } },
      applyPatch,
      409,
      {
        message:
          'Operation cannot be fulfilled on configmaps "new": uid mismatch: the provided object specified uid x, and no existing object was found',
      },
    ],
    [
      'fewer than no replicas',
      'PATCH',
      `${deployment}/scale`,
      [{ op: 'add', path: '/spec/replicas', value: -1 }],
      jsonPatch,
      422,
      {
        message:
          'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      },
    ],
    [
      'a scale of what has none',
      'PATCH',
      `${pods}/web-1/scale`,
      [],
      jsonPatch,
      404,
      { message: 'the server could not find the requested resource' },
    ],
    [
      'a new object with a version',
      'POST',
      '/api/v1/namespaces/shop/configmaps',
      configMap('a', { metadata: { name: 'a', resourceVersion: '1' } }),
      'application/json',
      500,
      { message: 'resourceVersion should not be set on objects to be created' },
    ],
    [
      'a new object without a name',
      'POST',
      '/api/v1/namespaces/shop/configmaps',
      configMap(''),
      'application/json',
      422,
      { message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required' },
    ],
    [
      'a new object of another kind',
      'POST',
      '/api/v1/namespaces/shop/configmaps',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
      'application/json',
      400,
      { reason: 'BadRequest' },
    ],
    [
      'a new object in another namespace',
      'POST',
      '/api/v1/namespaces/shop/configmaps',
      configMap('a', { metadata: { name: 'a', namespace: 'b' } }),
      'application/json',
      400,
      { message: 'the namespace of the provided object does not match the namespace sent on the request' },
    ],
    [
      'a new object in no namespace',
      'POST',
      '/api/v1/namespaces/none/configmaps',
      configMap('a'),
      'application/json',
      404,
      { message: 'namespaces "none" not found' },
    ],
    [
      'a new object of an old name',
      'POST',
      pods,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1' } },
      'application/json',
      409,
      { message: 'pods "web-1" already exists', reason: 'AlreadyExists', details: { name: 'web-1', kind: 'pods' } },
    ],
    [
      'a delete of another object',
      'DELETE',
      deployment,
      { preconditions: { uid: 'x' } },
      'application/json',
      409,
      {
        message: expect.stringContaining(
          'Operation cannot be fulfilled on Deployment.apps "web": the UID in the precondition (x) does not match the UID in record',
        ),
        details: { name: 'web', group: 'apps', kind: 'Deployment' },
      },
    ],
    [
      'a delete of no known policy',
      'DELETE',
      deployment,
      { propagationPolicy: 'x' },
      'application/json',
      422,
      {
        message:
          'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"',
      },
    ],
    ['a delete of many', 'DELETE', pods, undefined, 'application/json', 405, {}],
    ['a replacement', 'PUT', `${pods}/web-1`, {}, 'application/json', 405, {}],
    [
      'an eviction of nobody',
      'POST',
      `${pods}/none/eviction`,
      { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'none' } },
      'application/json',
      404,
      { message: 'pods "none" not found' },
    ],
    [
      'a field of a pod that stays',
      'PATCH',
      `${pods}/web-1`,
      { spec: { nodeName: 'n2' } },
      mergePatch,
      422,
      { reason: 'Invalid' },
    ],
  ])('of %s is told as by the original', async (_name, method, path, body, type, code, status) => {
    const told = await ask(method, (await start()) + path, body, type);
    expect(told.code).toBe(code);
    expect(told.body).toMatchObject({ kind: 'Status', status: 'Failure', code, ...status });
  });

  it('is the answer to everything where changes are not taken', async () => {
    const url = await start({ writable: false });
    for (const [method, path] of [
      ['POST', pods],
      ['PATCH', `${pods}/web-1`],
      ['DELETE', `${pods}/web-1`],
      ['POST', `${pods}/web-1/eviction`],
    ] as const) {
      expect((await ask(method, url + path, {})).code).toBe(405);
    }
    expect((await ask('GET', `${url}${deployment}/scale`)).code).toBe(404);
  });

  it('names whom the client acts as, and is asked for with the verb of the change', async () => {
    const url = await start({
      allow: (resource, verb, _namespace, user) => user !== 'jo' || (resource === 'pods' && verb === 'get'),
    });
    const answer = await read(`${url}${pods}/web-1`, { method: 'DELETE', headers: { 'impersonate-user': 'jo' } });
    expect(answer.text).toContain(
      'User \\"jo\\" cannot delete resource \\"pods\\" in API group \\"\\" in the namespace \\"shop\\"',
    );
    expect((await read(`${url}${pods}/web-1`, { headers: { 'impersonate-user': 'jo' } })).code).toBe(200);
    expect((await read(`${url}${pods}/web-1`, { headers: { 'impersonate-group': 'dev' } })).code).toBe(400);
  });
});

import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { ownersOfChanges } from './field-owners.ts';

interface Account {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  readonly subresource?: string;
  readonly fieldsV1?: object;
}

const container = 'k:{"name":"web"}';
const web = {
  name: 'web',
  image: 'web:1',
  env: [{ name: 'MODE', value: 'fast' }],
  ports: [{ containerPort: 8080, protocol: 'TCP' }],
};
const side = { name: 'side', image: 'side:1' };

function deployment(
  containers: readonly object[] = [side, web],
  metadata: object = {},
  accounts: readonly Account[] = [],
): Manifest {
  const managedFields = accounts.map((account) => ({
    manager: 'fleet',
    operation: 'Apply',
    apiVersion: 'apps/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...account,
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...metadata, managedFields },
    spec: { replicas: 2, template: { spec: { containers } } },
  };
}

function inContainer(fields: object): Account {
  return {
    fieldsV1: {
      'f:spec': {
        'f:template': { 'f:spec': { 'f:containers': { [container]: { '.': {}, 'f:name': {}, ...fields } } } },
      },
    },
  };
}

function owners(account: Account, after: Manifest, metadata: object = {}): readonly string[] {
  return ownersOfChanges(deployment([side, web], metadata, [account]), after).map(
    ({ manager, applies }) => `${manager}${applies ? ' applies' : ''}`,
  );
}

const ofImage = inContainer({ 'f:image': {} });
const ofMode = inContainer({ 'f:env': { '.': {}, 'k:{"name":"MODE"}': { '.': {}, 'f:name': {}, 'f:value': {} } } });

describe('the owner of a changed field', () => {
  it('is whoever the server says, whether it applied or wrote', () => {
    const after = deployment([side, { ...web, image: 'web:2' }]);
    expect(owners(ofImage, after)).toEqual(['fleet applies']);
    expect(owners({ ...ofImage, operation: 'Update', manager: 'x-controller' }, after)).toEqual(['x-controller']);
  });

  it('is nobody who owns other fields of the same container, or the same field of another one', () => {
    expect(owners(ofMode, deployment([side, { ...web, image: 'web:2' }]))).toEqual([]);
    expect(owners(ofImage, deployment([{ ...side, image: 'side:2' }, web]))).toEqual([]);
  });

  it("is found by an entry's keys, wherever the entry stands by then", () => {
    expect(owners(ofImage, deployment([{ ...web, image: 'web:2' }, side]))).toEqual(['fleet applies']);
    expect(owners(ofImage, deployment([web, side]))).toEqual([]);
  });

  it('is nobody where an entry is added beside others', () => {
    const more = { ...web, env: [...web.env, { name: 'LEVEL', value: 'debug' }] };
    expect(owners(ofMode, deployment([side, more]))).toEqual([]);
    expect(owners(ofMode, deployment([side, { ...more, env: more.env.slice(1) }]))).toEqual(['fleet applies']);
  });

  it('owns what has no name of its own: an atomic list, a value of a set', () => {
    const atomic = inContainer({ 'f:command': {} });
    expect(owners(atomic, deployment([side, { ...web, command: ['sh'] }]))).toEqual(['fleet applies']);
    const guard = { fieldsV1: { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"example.com/guard"': {} } } } };
    const held = { finalizers: ['example.com/other', 'example.com/guard'] };
    expect(owners(guard, deployment([side, web], { finalizers: ['example.com/other'] }), held)).toEqual([
      'fleet applies',
    ]);
    expect(owners(guard, deployment([side, web], { finalizers: ['example.com/guard'] }), held)).toEqual([]);
  });

  it('owns single labels, not the others', () => {
    const team = { fieldsV1: { 'f:metadata': { 'f:labels': { '.': {}, 'f:team': {} } } } };
    expect(
      owners(team, deployment([side, web], { labels: { team: 'a', tier: 'web' } }), { labels: { team: 'a' } }),
    ).toEqual([]);
    expect(owners(team, deployment([side, web], { labels: { team: 'b' } }), { labels: { team: 'a' } })).toEqual([
      'fleet applies',
    ]);
  });

  it('may be anybody whose fields are not told, or told in another version of the API', () => {
    const after = deployment([side, { ...web, image: 'web:2' }]);
    expect(owners({ fieldsV1: {} }, after)).toEqual(['fleet applies']);
    expect(owners({ ...ofMode, apiVersion: 'apps/v1beta2' }, after)).toEqual(['fleet applies']);
  });

  it('is nobody when nothing changes but what the server keeps, or for status alone', () => {
    expect(owners(ofImage, { ...deployment(), status: { replicas: 3 } })).toEqual([]);
    expect(owners({ ...ofImage, subresource: 'status' }, deployment([side, { ...web, image: 'web:2' }]))).toEqual([]);
  });

  it('is not led astray by names that are no entries', () => {
    const odd = inContainer({
      'f:env': { 'k:{broken': {}, 'i:x': {}, 'x:y': {} },
      'f:constructor': {},
      'f:__proto__': {},
    });
    expect(owners(odd, deployment([side, { ...web, image: 'web:2', env: [] }]))).toEqual([]);
  });
});

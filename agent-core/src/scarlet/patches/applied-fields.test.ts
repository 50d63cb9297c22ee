import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { appliedFields, keptByApply } from './applied-fields.ts';

type Owned = Readonly<Record<string, unknown>>;
interface Writer {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly fieldsV1: Owned;
}

const ours = (fieldsV1: Owned): Writer => ({ manager: 'autodevops', operation: 'Apply', fieldsV1 });
const byHand = (fieldsV1: Owned): Writer => ({ manager: 'kubectl', operation: 'Update', fieldsV1 });

function configMap(data: Readonly<Record<string, string>>, ...writers: readonly Writer[]): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'settings',
      namespace: 'shop',
      annotations: { 'autodevops.dev/change': 'chg-1', note: 'x' },
      managedFields: writers,
    },
    data,
  };
}

const app = { name: 'app', image: 'shop/web:1', readinessProbe: { tcpSocket: { port: 80 } }, ports: ['x', 'y'] };
const pods = (containers: readonly object[], ...writers: readonly Writer[]): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', managedFields: writers },
  spec: {
    replicas: 5,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: { spec: { containers } },
  },
});
const ofContainers = (fields: Owned): Owned => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': fields } } },
});
const container = (fields: Owned): Owned => ({ 'k:{"name":"app"}': { '.': {}, 'f:name': {}, ...fields } });
const wholeApp = ofContainers(container({ 'f:image': {}, 'f:readinessProbe': { 'f:tcpSocket': { 'f:port': {} } } }));
const written = (spec: object): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const containersOf = (object: Manifest): unknown =>
  (object['spec'] as { template?: { spec?: { containers?: unknown } } }).template?.spec?.containers;

describe('what was applied before', () => {
  it('is what the server says that we own, with the values of now, and without our mark', () => {
    const object = configMap(
      { A: '1', B: '2', C: '3' },
      ours({
        'f:metadata': { 'f:annotations': { 'f:autodevops.dev/change': {}, 'f:note': {} } },
        'f:data': { '.': {}, 'f:A': {}, 'f:C': {}, 'f:gone': {} },
      }),
      byHand({ 'f:data': { 'f:B': {} } }),
    );
    expect(appliedFields(object)).toEqual({ metadata: { annotations: { note: 'x' } }, data: { A: '1', C: '3' } });
  });

  it('names the entries of a list by what tells them apart', () => {
    const object = pods(
      [{ name: 'side' }, app],
      ours(ofContainers({ 'k:{"name":"app"}': { 'f:image': {}, 'f:ports': { 'v:"y"': {} } } })),
    );
    expect(appliedFields(object)).toEqual({
      spec: { template: { spec: { containers: [{ name: 'app', image: 'shop/web:1', ports: ['y'] }] } } },
    });
  });

  it('is nothing where nobody says so: of others, of a status, of fields that were left out', () => {
    for (const writers of [
      [byHand({ 'f:data': { 'f:A': {} } })],
      [{ ...ours({ 'f:data': { 'f:A': {} } }), subresource: 'status' }],
      [ours({})],
      [],
    ]) {
      expect(appliedFields(configMap({ A: '1' }, ...writers))).toEqual({});
    }
  });
});

describe('what an apply keeps', () => {
  it('is all but what we set before and leave out now', () => {
    const object = configMap({ A: '1', B: '2', C: '3' }, ours({ 'f:data': { 'f:A': {}, 'f:B': {} } }));
    const manifest = { ...configMap({ A: '9' }), metadata: { name: 'settings', namespace: 'shop' } };
    expect(keptByApply(object, manifest)['data']).toEqual({ A: '9', C: '3' });
  });

  it('is what somebody else owns too', () => {
    const object = configMap({ A: '1' }, ours({ 'f:data': { 'f:A': {} } }), byHand({ 'f:data': { 'f:A': {} } }));
    expect(keptByApply(object, configMap({}))['data']).toEqual({ A: '1' });
  });

  it('is everything where we applied nothing', () => {
    const object = configMap({ A: '1' }, byHand({ 'f:data': { 'f:A': {} } }));
    expect(keptByApply(object, configMap({}))).toEqual(object);
  });

  it('is no probe of a container that stays, though the manifest does not speak of the container', () => {
    const byOther = byHand(ofContainers(container({ 'f:image': {} })));
    const object = pods([app], ours(ofContainers(container({ 'f:readinessProbe': { 'f:tcpSocket': {} } }))), byOther);
    expect(containersOf(keptByApply(object, written({ minReadySeconds: 5 })))).toEqual([
      { name: 'app', image: 'shop/web:1', ports: ['x', 'y'] },
    ]);
  });

  it('is no container that only we set, with what the server added to it', () => {
    const side = byHand(ofContainers({ 'k:{"name":"side"}': { '.': {}, 'f:name': {} } }));
    const object = pods([{ name: 'side' }, app], ours(wholeApp), side);
    expect(containersOf(keptByApply(object, written({ minReadySeconds: 5 })))).toEqual([{ name: 'side' }]);
  });

  it('is no default of the server in what is given up', () => {
    const strategy = { 'f:strategy': { 'f:rollingUpdate': { 'f:maxSurge': {} } } };
    const object = pods([app], ours({ 'f:spec': { 'f:replicas': {}, ...strategy } }));
    expect(keptByApply(object, written({ minReadySeconds: 5 }))['spec']).toEqual({
      template: { spec: { containers: [app] } },
    });
  });

  it('is what an autoscaler wrote by the way that is for it', () => {
    const scaled = { ...byHand({ 'f:spec': { 'f:replicas': {} } }), subresource: 'scale' };
    const object = pods([app], ours({ 'f:spec': { 'f:replicas': {} } }), scaled);
    expect(keptByApply(object, written({ minReadySeconds: 5 }))['spec']).toMatchObject({ replicas: 5 });
  });

  it('is what is written alone, where it cannot be told which fields were ours', () => {
    expect(keptByApply(pods([app], ours({})), written({ minReadySeconds: 5 }))['spec']).toEqual({ minReadySeconds: 5 });
  });
});

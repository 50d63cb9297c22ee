import { describe, expect, it } from 'vitest';
import { clusterOf, configMap, deployment, objectsOf, tell } from '../testing/manifest-scene.ts';
import { missingReference } from './missing-reference.ts';

const asks = (name: string, optional = '') => deployment(`envFrom:\n- configMapRef: {name: ${name}${optional}}`);
const asksKey = (key: string) =>
  deployment(`env:\n- name: COLOR\n  valueFrom: {configMapKeyRef: {name: web-settings, key: ${key}}}`);

describe('a name that does not exist', () => {
  it('is told with the near one, which a fix writes', () => {
    const [told] = tell(missingReference, asks('web-setings'), { beside: [configMap('web-settings', 'COLOR')] });
    expect(told).toMatchObject({
      at: 'web-setings',
      severity: 'information',
      code: 'manifest.missing-reference',
      message: 'No ConfigMap web-setings is in the workspace. Is web-settings meant?',
    });
    expect(told?.fixed[0]).toContain('configMapRef: {name: web-settings}');
  });

  it('is sure where the cluster was listed', () => {
    expect(tell(missingReference, asks('other'), { cluster: clusterOf([], 'ConfigMap') })).toMatchObject([
      { severity: 'warning', message: 'There is no ConfigMap other in shop.', fixes: [] },
    ]);
  });

  it('is not told where it may lie in the cluster, is optional, or is brought by the cluster', () => {
    expect(tell(missingReference, asks('other'))).toEqual([]);
    expect(
      tell(missingReference, asks('web-setings', ', optional: true'), { beside: [configMap('web-settings')] }),
    ).toEqual([]);
    expect(
      tell(
        missingReference,
        deployment('x: y').replace('containers:', 'serviceAccountName: default\n      containers:'),
        { cluster: clusterOf([], 'ServiceAccount') },
      ),
    ).toEqual([]);
  });

  it('is none where the cluster has it', () => {
    expect(
      tell(missingReference, asks('web-setings'), {
        beside: [configMap('web-settings')],
        cluster: clusterOf(objectsOf(configMap('web-setings')), 'ConfigMap'),
      }),
    ).toEqual([]);
  });
});

describe('a key that does not exist', () => {
  it('is told with the near one, at the key', () => {
    const [told] = tell(missingReference, asksKey('COLOUR'), { beside: [configMap('web-settings', 'COLOR', 'SIZE')] });
    expect(told).toMatchObject({
      at: 'COLOUR',
      code: 'manifest.missing-key',
      message: 'ConfigMap web-settings has no key COLOUR. Is COLOR meant?',
    });
    expect(told?.fixed[0]).toContain('key: COLOR}');
  });

  it('is none where it is there', () => {
    expect(tell(missingReference, asksKey('COLOR'), { beside: [configMap('web-settings', 'COLOR')] })).toEqual([]);
  });
});

it('what an Ingress, an autoscaler, a claim and a binding name is looked for too', () => {
  const none = clusterOf([], 'Service', 'Secret', 'Deployment', 'PersistentVolumeClaim', 'Role', 'ServiceAccount');
  const texts = [
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {tls: [{secretName: t}], rules: [{http: {paths: [{backend: {service: {name: s, port: {number: 80}}}}]}}]}\n',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {scaleTargetRef: {kind: Deployment, name: d}}\n',
    deployment('x: y').replace(
      'containers:',
      'volumes: [{name: v, persistentVolumeClaim: {claimName: p}}]\n      containers:',
    ),
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: acc}, {kind: User, name: ann}]\n',
  ];
  expect(texts.flatMap((text) => tell(missingReference, text, { cluster: none })).map(({ at }) => at)).toEqual([
    's',
    't',
    'd',
    'p',
    'r',
    'acc',
  ]);
});

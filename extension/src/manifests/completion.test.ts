import { describe, expect, it } from 'vitest';
import { completionPlace, completionsAt, kindsForCompletion } from './completion.ts';
import { knownFrom } from './known-objects.ts';
import { readManifests } from './reading/manifest.ts';
import { configMap, deployment, home, objectsOf, service } from './testing/manifest-scene.ts';

const beside = [
  configMap('web-settings', 'COLOR', 'SIZE'),
  configMap('other'),
  deployment('ports: [{name: http, containerPort: 8080}]', 'shop-front'),
  service('{ports: [{name: http, port: 80}]}', 'front'),
];

/** `|` is the cursor. */
function offered(marked: string): readonly string[] {
  const [offset, text] = [marked.indexOf('|'), marked.replace('|', '')];
  const place = completionPlace(readManifests(text), text, offset, home);
  return place === undefined ? [] : completionsAt(place, knownFrom(objectsOf(...beside, text))).map((one) => one.text);
}

describe('what is offered', () => {
  it('for a name: objects of that kind', () => {
    expect(offered(deployment('envFrom:\n- configMapRef:\n    name: |'))).toEqual(['other', 'web-settings']);
    expect(
      offered(
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n  defaultBackend:\n    service:\n      name: |\n',
      ),
    ).toEqual(['front']);
  });

  it('for a key: keys of that object', () => {
    expect(
      offered(
        deployment('env:\n- name: A\n  valueFrom:\n    configMapKeyRef:\n      name: web-settings\n      key: C|'),
      ),
    ).toEqual(['COLOR', 'SIZE']);
  });

  it('for ports: those of what is selected, of the container, of the Service', () => {
    expect(
      offered(
        'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector: {app: shop-front}\n  ports:\n  - port: 80\n    targetPort: |\n',
      ),
    ).toEqual(['http', '8080']);
    expect(
      offered(deployment('ports: [{name: web, containerPort: 81}]\nlivenessProbe:\n  httpGet:\n    port: |')),
    ).toEqual(['web', '81']);
    expect(
      offered(
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n  defaultBackend:\n    service:\n      name: front\n      port:\n        number: |\n',
      ),
    ).toEqual(['80']);
  });

  it('for images and selectors: what is seen', () => {
    expect(offered(deployment('x: y').replace('image: nginx:1', 'image: |'))).toContain('nginx:1');
    expect(offered('apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector:\n    app: |\n')).toEqual([
      'shop-front',
    ]);
  });

  it('elsewhere: nothing', () => {
    expect(offered(deployment('command: [|]'))).toEqual([]);
    expect(offered('hello: |')).toEqual([]);
  });
});

it('only what is needed is asked of the cluster', () => {
  const text = deployment('envFrom:\n- secretRef:\n    name: ');
  const place = completionPlace(readManifests(text), text, text.trimEnd().length, home);
  expect(place === undefined ? [] : kindsForCompletion(place)).toEqual([{ kind: 'Secret', namespace: 'shop' }]);
});

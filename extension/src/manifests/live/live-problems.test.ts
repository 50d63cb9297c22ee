import { describe, expect, it } from 'vitest';
import { refByName } from '@autodevops/domain/object-ref';
import { withEdits } from '../editing/text-edit.ts';
import { readManifests } from '../reading/manifest.ts';
import { causeOf, proposal, quoted, serviceRef, webRef } from '../testing/live-scene.ts';
import { deployment, service } from '../testing/manifest-scene.ts';
import type { Cause } from '@autodevops/domain/diagnosis';
import { liveProblems } from './live-problems.ts';

const web = deployment('envFrom:\n- configMapRef:\n    name: web-setings\nports: [{containerPort: 8080}]');

function told(text: string, ...causes: readonly Cause[]) {
  return liveProblems({ causes: [...causes] }, { manifests: readManifests(text), text, home: 'shop' }).map((one) => ({
    ...one,
    at: text.slice(one.start, one.end),
    fixed: one.fixes.map(({ edits }) => withEdits(text, edits)),
  }));
}

describe('a cause in the cluster', () => {
  it('stands at the field that would be changed, and a fix changes it', () => {
    const [one] = told(
      web,
      causeOf({ object: webRef, changes: [proposal('set-image', webRef, { container: 'app', image: 'nginx:1.27' })] }),
    );
    expect(one).toMatchObject({
      from: 'cluster',
      at: 'nginx:1',
      severity: 'error',
      code: 'pod.image.not-found',
      message: 'The image does not exist.',
      about: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    });
    expect(one?.fixes[0]?.title).toBe('Set image: nginx:1.27');
    expect(one?.fixed).toEqual([web.replace('nginx:1', 'nginx:1.27')]);
  });

  it('stands at the field that is quoted, of the object or of its pods', () => {
    expect(
      told(
        web,
        causeOf({ object: webRef, evidence: [quoted(webRef, 'spec.template.spec.containers[0].ports', '8080')] }),
      )[0]?.at,
    ).toBe('ports');
    expect(
      told(
        web,
        causeOf({
          object: webRef,
          evidence: [quoted(refByName('Pod', 'shop', 'web-7d9f-x2k'), 'spec.containers[0].image', 'nginx:1')],
        }),
      )[0]?.at,
    ).toBe('nginx:1');
    expect(
      told(
        web,
        causeOf({
          object: webRef,
          evidence: [
            quoted(
              refByName('Pod', 'shop', 'web-7d9f-x2k'),
              'spec.containers[0].envFrom[0].configMapRef',
              'ConfigMap web-setings',
            ),
          ],
        }),
      )[0]?.at,
    ).toBe('web-setings');
  });

  it('stands at the value of a variable that is quoted whole', () => {
    const text = deployment('env:\n- name: DATABASE_URL\n  value: postgres://db:5433/shop');
    const cause = causeOf({
      object: webRef,
      evidence: [
        quoted(
          refByName('Pod', 'shop', 'web-7d9f-x2k'),
          'spec.containers[0].env[0]',
          'DATABASE_URL=postgres://db:5433/shop',
        ),
      ],
    });
    expect(told(text, cause)[0]?.at).toBe('postgres://db:5433/shop');
    // Another value is the file's own; the name still says which variable is meant.
    expect(told(text.replace('5433', '5432'), cause)[0]?.at).toBe('DATABASE_URL');
  });

  it('stands at the name of the object where nothing says better', () => {
    expect(told(web, causeOf({ object: webRef }))[0]?.at).toBe('web');
  });

  it('is not told of what only helps to explain it, nor of an object of the same name elsewhere', () => {
    expect(
      told(
        web,
        causeOf({ object: serviceRef, evidence: [quoted(webRef, 'spec.template.metadata.labels', 'app=web')] }),
      ),
    ).toEqual([]);
    expect(told(web, causeOf({ object: refByName('Deployment', 'bank', 'web') }))).toEqual([]);
    expect(
      told(
        web,
        causeOf({ object: refByName('Pod', 'shop', 'web-1'), evidence: [quoted(webRef, 'spec.replicas', '1')] }),
      ),
    ).toHaveLength(1);
  });
});

describe('what the file says otherwise already', () => {
  it('has only to be applied: what is proposed stands in it', () => {
    const text = service('{selector: {app: web}}');
    expect(
      told(
        text,
        causeOf({
          object: serviceRef,
          changes: [proposal('patch-service-selector', serviceRef, { selector: { app: 'web' } })],
        }),
      ),
    ).toMatchObject([
      {
        at: 'web',
        severity: 'information',
        fixes: [],
        message: 'The image does not exist. The file says it otherwise already: apply it.',
      },
    ]);
  });

  it('has only to be applied: what is quoted stands in it no more', () => {
    const cause = causeOf({
      object: webRef,
      evidence: [quoted(webRef, 'spec.template.spec.containers[0].envFrom[0].configMapRef', 'ConfigMap web-setings')],
    });
    expect(told(web.replace('web-setings', 'web-settings'), cause)).toMatchObject([
      { at: 'web-settings', severity: 'information' },
    ]);
    expect(told(web, cause)).toMatchObject([{ severity: 'error' }]);
  });
});

import { describe, expect, it } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { changeLine, sampleChange, samplePlan } from '../testing/sample-change.ts';
import { problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { ManifestDesk, withoutRepeats } from './manifest-desk.ts';
import type { ManifestProblem } from './problem.ts';
import { causeOf, proposal, serviceRef } from './testing/live-scene.ts';
import { configMap, deployment, service } from './testing/manifest-scene.ts';

const signal = new AbortController().signal;
const shop = [{ name: 'kind-dev', server: 'https://127.0.0.1:6443', namespace: 'shop' }];
const asks = deployment('envFrom:\n- configMapRef: {name: web-setings}');
const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web-settings', namespace: 'shop' },
  data: {},
};

describe('a file', () => {
  it('is judged by what the workspace and the cluster have', async () => {
    const { parts } = await fakeWindow({ contexts: shop, live: [settings] });
    expect(await new ManifestDesk(parts).problemsOf('a', asks, signal)).toMatchObject([
      { severity: 'warning', message: 'There is no ConfigMap web-setings in shop. Is web-settings meant?' },
    ]);
  });

  it('is judged without a cluster where none may be spoken to', async () => {
    for (const off of [{ settings: { 'cluster.access': 'off' } }, { trusted: false }]) {
      const { parts } = await fakeWindow({ contexts: shop, live: [settings], ...off });
      const desk = new ManifestDesk(parts);
      expect(desk.live).toBe(false);
      expect(await desk.problemsOf('a', asks, signal)).toEqual([]);
      desk.workspace.put('b', configMap('web-settings'));
      expect(await desk.problemsOf('a', asks, signal)).toMatchObject([{ severity: 'information' }]);
    }
  });

  it('shows what is diagnosed in the cluster, once, with every way to put it right', async () => {
    const { parts } = await fakeWindow({ contexts: shop });
    const text = `${service('{selector: {app: webb}}')}---\n${deployment('x: y')}`;
    parts.problems.state.set({
      kind: 'live',
      diagnosis: {
        ...problemDiagnosis,
        causes: [
          causeOf({
            object: serviceRef,
            code: 'service.no-endpoints.selector',
            cause: 'It selects nothing.',
            changes: [proposal('patch-service-selector', serviceRef, { selector: { app: 'web' } })],
          }),
        ],
      },
    });
    const problems = await new ManifestDesk(parts).problemsOf('a', text, signal);
    expect(problems).toMatchObject([{ from: 'cluster', code: 'service.no-endpoints.selector' }]);
    expect(problems[0]?.fixes).toHaveLength(1);
  });
});

it('a file with the value from before a change is marked while the cluster has what the change made of it', async () => {
  const live = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' } },
    },
  ];
  const change = sampleChange({
    state: 'succeeded',
    plan: { ...samplePlan, diff: [{ object: serviceRef, path: 'spec.selector.app', before: 'webb', after: 'web' }] },
  });
  const { parts } = await fakeWindow({ contexts: shop, live, agent: { change } });
  const desk = new ManifestDesk(parts);
  const marks = async (app: string): Promise<readonly ManifestProblem[]> =>
    (await desk.problemsOf('a', service(`{selector: {app: ${app}}}`), signal)).filter(
      ({ code }) => code === 'manifest.sets-back',
    );
  expect(await marks('webb')).toEqual([]);
  parts.changes.state.set({
    kind: 'known',
    lines: [changeLine('succeeded', { id: change.id })],
    killSwitch: { on: false, by: '', why: '', since: '' },
    mode: 'local',
    autonomy: undefined,
  });
  expect(await marks('webb')).toMatchObject([
    { from: 'cluster', severity: 'warning', fixes: [{ title: 'Use what the cluster has', edits: [{ text: 'web' }] }] },
  ]);
  expect(await marks('web')).toEqual([]);
  live.length = 0;
  desk.outdate(undefined);
  expect(await marks('webb')).toEqual([]);
});

describe('what Jamie says of files', () => {
  const diagnosis = {
    ...problemDiagnosis,
    information: [],
    causes: [
      causeOf({
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' },
        code: 'hygiene.image-tag-latest',
        severity: 'info',
        cause: 'Latest.',
        evidence: [
          {
            source: 'spec',
            object: serviceRef,
            quote: 'nginx',
            time: '',
            path: 'spec.template.spec.containers[0].image',
          },
        ],
      }),
      causeOf({
        object: serviceRef,
        code: 'workload.unavailable',
        evidence: [{ source: 'status', object: serviceRef, quote: '0', time: '' }],
      }),
    ],
  };

  it('is what is written in them, never what has no status yet; no value of a Secret gets into the file that is judged', async () => {
    const written: string[] = [];
    const removed: string[] = [];
    const { parts, ran } = await fakeWindow({
      contexts: shop,
      program: () => ({ stdout: JSON.stringify(diagnosis) }),
      settings: { 'problems.hygiene': true },
    });
    const desk = new ManifestDesk(parts);
    const text = deployment('x: y');
    desk.workspace.put(
      'a',
      `${text}---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n`,
    );
    await desk.judge(async (list) => {
      written.push(list);
      return { path: '/aside.json', remove: async () => void removed.push('/aside.json') };
    }, signal);
    expect(ran).toEqual([['diagnose', '--from=/aside.json', '--output=json', '--hygiene']]);
    expect(written[0]).toContain('"password":""');
    expect(written[0]).not.toContain('hunter2');
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      items: [{ kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } }, {}],
    });
    expect(removed).toEqual(['/aside.json']);
    const problems = (await desk.problemsOf('a', text, signal)).filter(({ code }) => !code.startsWith('manifest.'));
    expect(problems).toMatchObject([{ from: 'file', code: 'hygiene.image-tag-latest', severity: 'information' }]);
  });

  it('removes the file also where the program fails', async () => {
    const removed: string[] = [];
    const { parts } = await fakeWindow({ program: () => ({ code: 70, stderr: 'Error: no' }) });
    const desk = new ManifestDesk(parts);
    desk.workspace.put('a', configMap('c'));
    await expect(
      desk.judge(async () => ({ path: '/a', remove: async () => void removed.push('a') }), signal),
    ).rejects.toThrow('no');
    expect(removed).toEqual(['a']);
  });
});

it('two that point at the same field are one, but for what is only good to know', () => {
  const one = (given: Partial<ManifestProblem>): ManifestProblem => ({
    from: 'file',
    code: 'a',
    severity: 'warning',
    message: '',
    start: 1,
    end: 2,
    fixes: [],
    ...given,
  });
  const fix = { title: 'x', edits: [{ start: 1, end: 2, text: 'y' }] };
  expect(
    withoutRepeats([
      one({ from: 'cluster', code: 'c' }),
      one({ fixes: [fix] }),
      one({ code: 'b', severity: 'information' }),
      one({ code: 'd', start: 5 }),
    ]),
  ).toEqual([
    one({ from: 'cluster', code: 'c', fixes: [fix] }),
    one({ code: 'b', severity: 'information' }),
    one({ code: 'd', start: 5 }),
  ]);
});

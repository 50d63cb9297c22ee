import { describe, expect, it } from 'vitest';
import { fakeWindow, remoteContext } from '../testing/fake-window.ts';
import { imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import {
  askJamie,
  captureBundle,
  diagnoseBundle,
  diagnoseCluster,
  diagnoseFile,
  diagnoseNamespace,
  diagnoseResource,
  explainFinding,
  objectsInManifest,
  showCause,
  showGraph,
  whatChanged,
} from './diagnosing.ts';

const signal = AbortSignal.timeout(30_000);
const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const onWeb = { type: 'object', object: web } as const;
const onCause = { type: 'cause', code: imageCause.code, object: web } as const;
const agent = {
  diagnose: problemDiagnosis,
  findings: [{ id: '1', event: { type: 'diagnosis' as const, diagnosis: problemDiagnosis } }],
};

describe('a diagnosis', () => {
  it('of the cluster is shown whole and kept current in the view', async () => {
    const window = await fakeWindow({ agent, settings: { 'problems.hygiene': true } });
    await diagnoseCluster(window.parts, undefined, signal);
    expect(window.agent.calls.find(([name]) => name === 'diagnose')?.[1].body).toEqual({ hygiene: true });
    expect(window.shown[0]?.path).toBe('diagnoses/kind-dev.txt');
    expect(window.shown[0]?.text).toContain('Failed to pull image');
    expect(window.parts.problems.followed).toBe(true);
    window.parts.problems.stop();
  });

  it('of a namespace is that of the item, or of the name that is typed', async () => {
    const window = await fakeWindow({ agent, replies: [{ enter: 'data' }] });
    await diagnoseNamespace(window.parts, onWeb, signal);
    await diagnoseNamespace(window.parts, undefined, signal);
    expect(window.agent.calls.map(([, { body }]) => body?.['namespaces'])).toEqual([['shop'], ['data']]);
  });

  it('of a resource looks at that one', async () => {
    const window = await fakeWindow({ agent });
    await diagnoseResource(window.parts, onWeb, signal);
    expect(window.agent.calls[0]?.[1].body).toEqual({ namespaces: ['shop'], objects: [web], hygiene: false });
  });

  it("of a file looks at what it describes, in the context's namespace where it names none", async () => {
    const text =
      'kind: Deployment\nmetadata: {name: web}\n---\nkind: Service\nmetadata: {name: web, namespace: data}\n---\n# nothing\n';
    const window = await fakeWindow({
      agent,
      contexts: [remoteContext],
      active: { path: '/home/ann/shop/web.yaml', text },
    });
    await diagnoseFile(window.parts, undefined, signal);
    expect(window.agent.calls[0]?.[1].body?.['objects']).toEqual([
      web,
      { kind: 'Service', namespace: 'data', name: 'web' },
    ]);
  });

  it('of a file that describes nothing says so', async () => {
    const window = await fakeWindow({ agent, active: { path: '/x.yaml', text: 'a: 1' } });
    await expect(diagnoseFile(window.parts, undefined, signal)).rejects.toMatchObject({
      message: 'The file describes no object of Kubernetes.',
    });
  });

  it('of a bundle is made by the program, and shown', async () => {
    const window = await fakeWindow({
      replies: [{ pick: 'An archive' }, { file: '/home/ann/--incident.tar.gz' }],
      program: () => ({ code: 1, stdout: JSON.stringify(problemDiagnosis) }),
    });
    await diagnoseBundle(window.parts, undefined, signal);
    expect(window.ran).toEqual([['diagnose', '--from=/home/ann/--incident.tar.gz', '-o', 'json']]);
    expect(window.shown[0]?.text).toContain(problemDiagnosis.summary);
  });

  it('of what is no bundle tells why', async () => {
    const window = await fakeWindow({
      replies: [{ pick: 'A folder' }, { file: '/home/ann/x' }],
      program: () => ({
        code: 69,
        stdout: JSON.stringify({
          error: { code: 'bundle.not-a-bundle', message: 'It is none.', remedy: 'Take another one.' },
        }),
      }),
    });
    await expect(diagnoseBundle(window.parts, undefined, signal)).rejects.toMatchObject({
      code: 'bundle.not-a-bundle',
      message: 'It is none.',
      remedy: 'Take another one.',
    });
  });
});

it('a manifest that is broken, or points at itself, describes what can be read of it', () => {
  expect(objectsInManifest('kind: Pod\nmetadata: {name: a}\n---\n{{ helm }}\n')).toEqual([
    { kind: 'Pod', namespace: '', name: 'a' },
  ]);
  expect(objectsInManifest('kind: [Pod]\nmetadata: {name: 7}')).toEqual([]);
  expect(objectsInManifest('')).toEqual([]);
});

it('evidence of a cause is shown as it is diagnosed now', async () => {
  const window = await fakeWindow({ agent });
  await showCause(window.parts, onCause, signal);
  expect(window.shown[0]).toMatchObject({ path: 'causes/pod.image.not-found web.txt' });
  await expect(showCause(window.parts, { ...onCause, code: 'gone' }, signal)).rejects.toMatchObject({
    code: 'change.stale',
  });
});

describe('the program beside the extension', () => {
  const program = (): { stdout: string } => ({ stdout: 'told\n' });

  it('says what changed, of the item that it is called on', async () => {
    const window = await fakeWindow({ program, replies: [{ pick: 'last day' }] });
    await whatChanged(window.parts, onWeb, signal);
    expect(window.ran).toEqual([['changes', '--since=1d', '--context=kind-dev', '--namespace=shop', 'Deployment/web']]);
    expect(window.shown[0]?.text).toBe('told\n');
  });

  it('explains a code, and is never given what is none', async () => {
    const window = await fakeWindow({ program });
    await explainFinding(window.parts, onCause, signal);
    expect(window.ran).toEqual([['explain', 'pod.image.not-found']]);
    await expect(explainFinding(window.parts, { ...onCause, code: '--help' }, signal)).rejects.toMatchObject({
      code: 'usage',
    });
    expect(window.ran).toHaveLength(1);
  });

  it('draws who leans on whom', async () => {
    const window = await fakeWindow({ program });
    await showGraph(window.parts, onWeb, signal);
    expect(window.ran).toEqual([['graph', '--context=kind-dev', '--namespace=shop', 'Deployment/web']]);
  });

  it('captures the cluster into a file, and says what is in it', async () => {
    const window = await fakeWindow({
      replies: [{ file: '/home/ann/c.tar.gz' }],
      program: () => ({
        stdout: JSON.stringify({ path: '/home/ann/c.tar.gz', objects: 31, logs: 5, bytes: 1000, blindSpots: [] }),
      }),
    });
    await captureBundle(window.parts, undefined, signal);
    expect(window.ran[0]).toEqual(['capture', '--output=/home/ann/c.tar.gz', '--format=json', '--context=kind-dev']);
    expect(window.person.heard.at(-1)).toBe(
      'information: Wrote /home/ann/c.tar.gz: 31 objects, 5 logs. Secrets are not in it.',
    );
  });

  it('tells its own sentence where it fails without JSON', async () => {
    const window = await fakeWindow({
      program: () => ({ code: 69, stderr: 'Error: The API server does not answer.\nIs it running?\n' }),
    });
    await expect(showGraph(window.parts, onWeb, signal)).rejects.toMatchObject({
      message: 'The API server does not answer.',
      remedy: 'Is it running?',
    });
  });
});

it('a question in plain words goes to the chat', async () => {
  const window = await fakeWindow({ replies: [{ enter: ' why is web failing? ' }] });
  await askJamie(window.parts, onWeb, signal);
  expect(window.person.heard[0]).toContain('why is web failing?');
  expect(window.parts.asked.value).toEqual({ question: 'why is web failing?' });
});

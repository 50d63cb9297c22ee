import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { causeOf, proposal, serviceRef } from '../../manifests/testing/live-scene.ts';
import { fakeWindow } from '../../testing/fake-window.ts';
import type { FakeWindow, FakeWindowChoice } from '../../testing/fake-window.ts';
import { changeLine, sampleChange, samplePlan } from '../../testing/sample-change.ts';
import { problemDiagnosis } from '../../testing/sample-diagnosis.ts';
import { resetStandIn, standIn, testDocument } from '../../testing/vscode-stand-in.ts';
import type { Position, TestDocument } from '../../testing/vscode-stand-in.ts';
import { registerManifests } from './manifests.ts';

const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: nginx:1
        envFrom:
        - configMapRef: {name: web-setings}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: webb}}
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-settings}\n';
const settingsLive = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web-settings', namespace: 'shop' } };
const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => resetStandIn());

/** A window in which these documents are open; nothing is waited for after a key. */
async function opened(documents: readonly TestDocument[], choice: FakeWindowChoice = {}): Promise<FakeWindow> {
  const window = await fakeWindow({
    contexts: [{ name: 'kind-dev', server: 'https://127.0.0.1:6443', namespace: 'shop' }],
    live: [settingsLive],
    ...choice,
  });
  standIn.documents.push(...documents);
  const parts = {
    ...window.parts,
    client: never,
    clock: {
      now: () => 0,
      wait: async (milliseconds: number, signal: AbortSignal) => {
        if (milliseconds > 1000) await never();
        await Promise.resolve();
        signal.throwIfAborted();
      },
    },
  };
  parts.problems.follow = () => undefined;
  parts.objectNews.follow = () => undefined;
  const registered = registerManifests(parts);
  onTestFinished(() => {
    for (const one of registered) one.dispose();
  });
  return { ...window, parts };
}

async function drawn(document: TestDocument) {
  // The first one waits for the parser of YAML to be loaded.
  await vi.waitFor(() => expect(standIn.diagnostics.get(document.uri.path)).toBeDefined(), { timeout: 20_000 });
  return (standIn.diagnostics.get(document.uri.path) ?? []).map(({ range, message, code, source, severity }) => ({
    at: document.text.slice(document.offsetAt(range.start), document.offsetAt(range.end)),
    message,
    code,
    source,
    severity,
  }));
}

const given = <T>(kind: string): T => standIn.languageProviders.get(kind) as T;
const at = (document: TestDocument, word: string): Position => document.positionAt(document.text.indexOf(word) + 1);

describe('a manifest that is looked at', () => {
  it('is marked at the very word', async () => {
    const document = testDocument('/shop/web.yaml', text);
    await opened([document]);
    expect(await drawn(document)).toMatchObject([
      { at: 'web-setings', source: 'Auto-DevOps', code: 'manifest.missing-reference', severity: 1 },
      { at: 'webb', code: 'manifest.selector' },
    ]);
  });

  it('is put right by a quick fix, if it is still what was judged', async () => {
    const document = testDocument('/shop/web.yaml', text);
    await opened([document]);
    await drawn(document);
    const { provideCodeActions } = given<{
      provideCodeActions: (
        one: TestDocument,
        range: unknown,
      ) => readonly { title: string; isPreferred: boolean; edit: { edits: readonly { text: string }[] } }[];
    }>('codeAction');
    const cursor = { start: at(document, 'webb'), end: at(document, 'webb') };
    expect(provideCodeActions(document, cursor)).toMatchObject([
      { title: 'Select app=web', isPreferred: true, edit: { edits: [{ text: 'web' }] } },
    ]);
    document.version = 2;
    expect(provideCodeActions(document, cursor)).toEqual([]);
  });

  it('shows what the cluster shows, by the code of the rule, which can be explained', async () => {
    const document = testDocument('/shop/web.yaml', text);
    const { parts } = await opened([document]);
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
    await vi.waitFor(async () =>
      expect(await drawn(document)).toContainEqual({
        at: 'webb',
        message: 'It selects nothing.',
        code: 'service.no-endpoints.selector',
        source: 'Jamie',
        severity: 0,
      }),
    );
    const { provideCodeActions } = given<{
      provideCodeActions: (one: TestDocument, range: unknown) => readonly { title: string; command?: unknown }[];
    }>('codeAction');
    expect(
      provideCodeActions(document, { start: at(document, 'webb'), end: at(document, 'webb') }).at(-1),
    ).toMatchObject({
      title: 'Explain service.no-endpoints.selector',
      command: { command: 'autodevops.explainFinding' },
    });
  });

  it('is judged again when it is typed into, and forgotten when it is closed', async () => {
    const document = testDocument('/shop/web.yaml', text);
    await opened([document]);
    expect(await drawn(document)).toHaveLength(2);
    document.text = text.replace('webb', 'web');
    document.version = 2;
    standIn.typed.fire({ document });
    await vi.waitFor(async () => expect(await drawn(document)).toHaveLength(1));
    standIn.closed.fire(document);
    expect(standIn.diagnostics.has(document.uri.path)).toBe(false);
  });

  it('loses a mark when what was missing was made in the cluster, as soon as the agent tells of it', async () => {
    const document = testDocument('/shop/web.yaml', text.replace('webb', 'web'));
    const live = [settingsLive];
    const { parts } = await opened([document], { live });
    expect(await drawn(document)).toMatchObject([{ code: 'manifest.missing-reference' }]);
    live.push({ ...settingsLive, metadata: { ...settingsLive.metadata, name: 'web-setings' } });
    parts.objectNews.state.set({ kinds: new Set(['Pod']) });
    parts.objectNews.state.set({ kinds: new Set(['ConfigMap', 'Pod']) });
    await vi.waitFor(async () => expect(await drawn(document)).toEqual([]));
  });

  it('is judged again when one that stands beside it says something else', async () => {
    const [document, beside] = [
      testDocument('/shop/web.yaml', text.replace('webb', 'web')),
      testDocument('/shop/settings.yaml', settings),
    ];
    await opened([document, beside], { live: [] });
    expect(await drawn(document)).toMatchObject([{ code: 'manifest.missing-reference' }]);
    beside.text = settings.replace('web-settings', 'web-setings');
    beside.version = 2;
    standIn.typed.fire({ document: beside });
    await vi.waitFor(async () => expect(await drawn(document)).toEqual([]));
  });

  it('loses a mark when the cluster is repaired, though it lies behind another tab', async () => {
    const document = testDocument('/shop/web.yaml', text.replace('webb', 'web').replace('web-setings', 'web-settings'));
    const { parts } = await opened([document]);
    parts.problems.state.set({
      kind: 'live',
      diagnosis: {
        ...problemDiagnosis,
        causes: [
          causeOf({
            object: serviceRef,
            changes: [proposal('patch-service-selector', serviceRef, { selector: { app: 'web' } })],
          }),
        ],
      },
    });
    await vi.waitFor(async () => expect(await drawn(document)).toMatchObject([{ source: 'Jamie' }]));
    standIn.behind.add(document);
    parts.problems.state.set({ kind: 'live', diagnosis: { ...problemDiagnosis, causes: [] } });
    await vi.waitFor(async () => expect(await drawn(document)).toEqual([]));
  });

  it('is marked where it would set back a change, as soon as that is done', async () => {
    const done = sampleChange({
      state: 'succeeded',
      plan: { ...samplePlan, diff: [{ object: serviceRef, path: 'spec.selector.app', before: 'webb', after: 'web' }] },
    });
    const document = testDocument('/shop/web.yaml', text);
    const live = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' } },
    };
    const { parts } = await opened([document], { live: [settingsLive, live], agent: { change: done } });
    await drawn(document);
    parts.changes.state.set({
      kind: 'known',
      lines: [changeLine('succeeded', { id: done.id })],
      killSwitch: { on: false, by: '', why: '', since: '' },
      mode: 'local',
      autonomy: undefined,
    });
    await vi.waitFor(async () =>
      expect(await drawn(document)).toContainEqual(
        expect.objectContaining({ at: 'webb', code: 'manifest.sets-back', source: 'Jamie', severity: 1 }),
      ),
    );
  });

  it('is not read where the folder is not trusted', async () => {
    const document = testDocument('/shop/web.yaml', text);
    await opened([document], { trusted: false });
    standIn.typed.fire({ document });
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(standIn.diagnostics.size).toBe(0);
  });

  it('is not one that was made here to be compared', async () => {
    const document = testDocument('/manifests/web.file.yaml', text, 'autodevops');
    await opened([document]);
    standIn.typed.fire({ document });
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(standIn.diagnostics.size).toBe(0);
  });

  it('that was rendered is marked, and offers no edit that nobody could make', async () => {
    const document = testDocument('/rendered/shop.yaml', text, 'autodevops');
    await opened([document]);
    expect(await drawn(document)).toHaveLength(2);
    const { provideCodeActions } = given<{
      provideCodeActions: (one: TestDocument, range: unknown) => readonly unknown[];
    }>('codeAction');
    expect(provideCodeActions(document, { start: at(document, 'webb'), end: at(document, 'webb') })).toEqual([]);
  });
});

describe('around a manifest', () => {
  it('stand the commands that act on each object', async () => {
    const document = testDocument('/shop/web.yaml', text);
    await opened([document]);
    const lenses = await given<{
      provideCodeLenses: (one: TestDocument) => Promise<readonly { command: { title: string; command: string } }[]>;
    }>('codeLens').provideCodeLenses(document);
    expect(lenses.map(({ command }) => command.title)).toEqual([
      'Diagnose',
      'Logs',
      'Diff with Live',
      'Apply',
      'Diagnose',
      'Diff with Live',
      'Apply',
    ]);
  });

  it('what is pointed at tells how it stands, as text and nothing else', async () => {
    const document = testDocument('/shop/web.yaml', text.replace('web-setings', 'web-settings'));
    await opened([document], { live: [{ ...settingsLive, status: { phase: '[x](command:y)' } }] });
    const hover = await given<{
      provideHover: (one: TestDocument, position: Position, token: unknown) => Promise<{ contents: { value: string } }>;
    }>('hover').provideHover(document, at(document, 'web-settings'), token);
    expect(hover.contents.value).toContain('ConfigMap shop/web');
    expect(hover.contents.value).toContain(String.raw`\[x\]`);
  });

  it('names are completed, and lead to where they are described', async () => {
    const document = testDocument('/shop/web.yaml', text.replace('web-setings', 'web-settings'));
    standIn.files.set('/shop/settings.yaml', settings);
    await opened([document]);
    const offered = await given<{
      provideCompletionItems: (
        one: TestDocument,
        position: Position,
        token: unknown,
      ) => Promise<readonly { label: string }[]>;
    }>('completion').provideCompletionItems(document, at(document, 'web-settings'), token);
    expect(offered.map(({ label }) => label)).toEqual(['web-settings']);
    const define = given<{
      provideDefinition: (
        one: TestDocument,
        position: Position,
      ) => Promise<readonly { uri: { path: string }; range: Position }[]>;
    }>('definition');
    await vi.waitFor(async () =>
      expect(await define.provideDefinition(document, at(document, 'web-settings'))).toMatchObject([
        { uri: { path: '/shop/settings.yaml' }, range: { line: 2, character: 17 } },
      ]),
    );
  });

  it('no cluster is asked where none may be', async () => {
    const document = testDocument('/shop/web.yaml', text);
    await opened([document], { settings: { 'cluster.access': 'off' } });
    expect(
      await given<{ provideCodeLenses: (one: TestDocument) => Promise<readonly unknown[]> }>(
        'codeLens',
      ).provideCodeLenses(document),
    ).toEqual([]);
  });
});

it('a task prints what is wrong with the files of the workspace, a line each', async () => {
  standIn.files.set('/shop/web.yaml', text);
  standIn.files.set('/shop/other.yaml', 'a: b\n');
  await opened([]);
  const { provideTasks } = standIn.taskProviders.get('autodevops') as {
    provideTasks: () => readonly { given: readonly unknown[] }[];
  };
  const execution = provideTasks()[0]?.given[4] as {
    start: () => Promise<{
      onDidWrite: (listener: (line: string) => void) => void;
      onDidClose: (listener: (code: number) => void) => void;
      open: () => void;
    }>;
  };
  const terminal = await execution.start();
  const lines: string[] = [];
  terminal.onDidWrite((line) => lines.push(line.trim()));
  const code = new Promise<number>((resolve) => {
    terminal.onDidClose(resolve);
  });
  terminal.open();
  expect(await code).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^\/shop\/web\.yaml:18:24: warning: .* \[manifest\.selector\]$/),
    'Problems: 1. Manifests read: 1.',
  ]);
});

it('what the editor takes away with the end of a task is marked again', async () => {
  const document = testDocument('/shop/web.yaml', text);
  await opened([document]);
  await drawn(document);
  standIn.diagnostics.delete(document.uri.path);
  standIn.taskEnded.fire({ execution: { task: { definition: { type: 'npm' } } } });
  standIn.taskEnded.fire({ execution: { task: { definition: { type: 'autodevops' } } } });
  expect(await drawn(document)).toMatchObject([{ at: 'web-setings' }, { at: 'webb' }]);
});

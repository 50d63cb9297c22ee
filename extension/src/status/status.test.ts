import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeWindow, remoteContext } from '../testing/fake-window.ts';
import { changeLine } from '../testing/sample-change.ts';
import { healthyDiagnosis, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { localStatus } from '../testing/stub-local-cluster.ts';
import { contextValues } from './context-values.ts';
import { lackOf } from './lacks.ts';
import { statusLine } from './status-line.ts';

const killSwitch = { on: false, by: '', why: '', since: '' };
const waiting = {
  kind: 'known' as const,
  lines: [changeLine('waiting'), changeLine('succeeded')],
  killSwitch,
  mode: 'local' as const,
  autonomy: 'suggest',
};

describe('the line of the status bar', () => {
  it('is not there where there is no cluster', async () => {
    expect(statusLine((await fakeWindow({ contexts: [] })).parts)).toBeUndefined();
  });

  it('says that no context can be read, and leads to the doctor', async () => {
    const { parts } = await fakeWindow({ contexts: [] });
    const problem = new AutoDevOpsError('kubeconfig.invalid', 'It does not parse.', 'Correct line 3.');
    parts.clusters.state.set({ contexts: [], chosen: undefined, locked: true, problem });
    expect(statusLine(parts)).toMatchObject({
      text: 'no kubeconfig can be read',
      severity: 'warning',
      tooltip: ['It does not parse.', 'Correct line 3.'],
      command: 'autodevops.doctor',
    });
  });

  it('says that no cluster is chosen, which is no fault, and leads to where one is', async () => {
    const { parts } = await fakeWindow({ contexts: [] });
    const problem = new AutoDevOpsError('kubeconfig.no-context', 'None is the current one.', 'Choose one.');
    parts.clusters.state.set({
      contexts: [{ ...remoteContext, local: false }],
      chosen: undefined,
      locked: true,
      problem,
    });
    expect(statusLine(parts)).toMatchObject({
      text: 'no cluster is chosen',
      severity: 'plain',
      command: 'autodevops.cluster.switch',
      spoken: 'Auto-DevOps: no cluster is chosen, None is the current one.',
    });
  });

  it('says that the configuration of the folder cannot be read, why, and leads to its file', async () => {
    const { parts } = await fakeWindow();
    const problem = new AutoDevOpsError('config.invalid', 'local-config.yaml:2: "x" is no setting.', 'Correct it.');
    parts.folderConfigs.state.set({ path: '/f', context: undefined, problem, mistakes: [] });
    const line = {
      text: 'kind-dev · configuration not valid',
      severity: 'warning',
      command: 'autodevops.local.openConfig',
      spoken: 'Auto-DevOps: kind-dev · configuration not valid, read-only',
      tooltip: expect.arrayContaining(['local-config.yaml:2: "x" is no setting. Correct it.']) as string[],
    };
    expect(statusLine(parts)).toMatchObject(line);
    parts.agent.state.set({ kind: 'failed', error: problem, givenUp: false });
    expect(statusLine(parts)).toMatchObject({ ...line, severity: 'error' });
  });

  it('names the cluster and says whether it is read-only before anything is asked', async () => {
    expect(statusLine((await fakeWindow({ contexts: [remoteContext] })).parts)).toMatchObject({
      icon: 'lock',
      text: 'production',
      severity: 'plain',
      command: 'autodevops.cluster.switch',
      spoken: 'Auto-DevOps: production, read-only',
    });
  });

  it('says that nothing is run where the folder is not trusted', async () => {
    expect(statusLine((await fakeWindow({ trusted: false })).parts)).toMatchObject({
      text: 'kind-dev',
      spoken: 'Auto-DevOps: kind-dev, the folder is not trusted: nothing is run',
    });
  });

  it('counts problems and what waits', async () => {
    const { parts } = await fakeWindow();
    parts.problems.state.set({ kind: 'live', diagnosis: { ...problemDiagnosis, blindSpots: [] } });
    parts.changes.state.set(waiting);
    expect(statusLine(parts)).toMatchObject({
      icon: 'warning',
      text: 'kind-dev · 2 problems · 1 waits for a yes',
      severity: 'plain',
      command: 'autodevops.approve',
      spoken: 'Auto-DevOps: kind-dev · 2 problems · 1 waits for a yes, autonomy suggest',
    });
    parts.problems.state.set({ kind: 'live', diagnosis: healthyDiagnosis });
    expect(statusLine(parts)?.text).toBe('kind-dev · no problem seen · 1 waits for a yes');
  });

  it('warns where not all was seen, whatever was', async () => {
    const { parts } = await fakeWindow();
    parts.problems.state.set({
      kind: 'live',
      diagnosis: {
        ...healthyDiagnosis,
        blindSpots: [{ what: 'Secrets', why: 'It is not allowed.', remedy: 'Grant it.' }],
      },
    });
    expect(statusLine(parts)).toMatchObject({
      icon: 'warning',
      text: 'kind-dev · no problem seen, not all seen',
      severity: 'warning',
      tooltip: expect.arrayContaining(['Not seen: Secrets: It is not allowed. Grant it.']) as unknown,
    });
  });

  it('says what outranks the rest: the kill switch, then the agent, then what is not current', async () => {
    const { parts } = await fakeWindow();
    const error = new AutoDevOpsError('agent.unreachable', 'No agent.', 'Wait.');
    parts.problems.state.set({ kind: 'stale', diagnosis: problemDiagnosis, error });
    expect(statusLine(parts)).toMatchObject({ text: 'kind-dev · not current', severity: 'warning' });
    parts.agent.state.set({ kind: 'failed', error, givenUp: true });
    expect(statusLine(parts)).toMatchObject({ text: 'kind-dev · agent failed', severity: 'error' });
    const refused = new AutoDevOpsError('cluster.refused', 'Nothing listens there.', 'Start it.');
    parts.agent.state.set({ kind: 'failed', error: refused, givenUp: false });
    expect(statusLine(parts)).toMatchObject({ text: 'kind-dev · cluster not reached', severity: 'error' });
    parts.changes.state.set({ ...waiting, lines: [], killSwitch: { ...killSwitch, on: true } });
    expect(statusLine(parts)).toMatchObject({ text: 'kind-dev · kill switch on', severity: 'error' });
  });
});

it('what a machine lacks is what stands in the way first', () => {
  const check = (
    name: string,
    state: 'fine' | 'missing' | 'optional',
  ): { readonly name: string; readonly state: typeof state } => ({ name, state });
  expect(lackOf([check('container engine', 'optional'), check('kind', 'optional')])).toBe('engine');
  expect(lackOf([check('container engine', 'fine'), check('kind', 'missing')])).toBe('kind');
  expect(lackOf([check('container engine', 'fine'), check('kind', 'fine'), check('kubeconfig', 'missing')])).toBe(
    'nothing',
  );
});

describe('the context of `when` clauses', () => {
  it('is what nothing is known of, at first', async () => {
    expect(contextValues((await fakeWindow({ contexts: [] })).parts, 'engine')).toEqual({
      'autodevops.agent': 'none',
      'autodevops.cluster': 'none',
      'autodevops.contexts': 'none',
      'autodevops.locked': true,
      'autodevops.local': 'unknown',
      'autodevops.lacks': 'engine',
      'autodevops.killSwitch': false,
      'autodevops.waiting': false,
      'autodevops.undoable': false,
      'autodevops.problems': 'unknown',
    });
  });

  it('tells an agent that fails from one that is kept from its cluster', async () => {
    const { parts } = await fakeWindow();
    const fails = (code: 'agent.unreachable' | 'cluster.refused' | 'config.invalid'): unknown => {
      parts.agent.state.set({ kind: 'failed', error: new AutoDevOpsError(code, 'It fails.', ''), givenUp: false });
      return contextValues(parts, 'nothing')['autodevops.agent'];
    };
    expect([fails('agent.unreachable'), fails('cluster.refused'), fails('config.invalid')]).toEqual([
      'failed',
      'hindered',
      'hindered',
    ]);
  });

  it('tells a kubeconfig that cannot be read from one in which no cluster is chosen', async () => {
    const { parts } = await fakeWindow({ contexts: [] });
    const problem = new AutoDevOpsError('kubeconfig.invalid', 'It does not parse.', 'Correct it.');
    const state = { contexts: [], chosen: undefined, locked: true, problem };
    parts.clusters.state.set(state);
    expect(contextValues(parts, 'nothing')['autodevops.contexts']).toBe('unreadable');
    parts.clusters.state.set({ ...state, contexts: [{ ...remoteContext, local: false }] });
    expect(contextValues(parts, 'nothing')['autodevops.contexts']).toBe('some');
  });

  it('follows the window', async () => {
    const { parts } = await fakeWindow();
    parts.problems.state.set({ kind: 'live', diagnosis: problemDiagnosis });
    parts.changes.state.set({ ...waiting, killSwitch: { ...killSwitch, on: true } });
    parts.local.state.set({ kind: 'known', status: localStatus('partly-running') });
    expect(contextValues(parts, 'nothing')).toMatchObject({
      'autodevops.cluster': 'local',
      'autodevops.locked': false,
      'autodevops.local': 'stopped',
      'autodevops.killSwitch': true,
      'autodevops.waiting': true,
      'autodevops.undoable': true,
      'autodevops.problems': 'some',
    });
    parts.local.state.set({ kind: 'known', status: localStatus('foreign') });
    parts.problems.state.set({ kind: 'live', diagnosis: healthyDiagnosis });
    expect(contextValues(parts, 'nothing')).toMatchObject({
      'autodevops.local': 'absent',
      'autodevops.problems': 'none',
    });
  });
});

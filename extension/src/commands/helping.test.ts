import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import { describe, expect, it } from 'vitest';
import { fakeWindow, remoteContext } from '../testing/fake-window.ts';
import { problemDiagnosis } from '../testing/sample-diagnosis.ts';
import {
  lastLines,
  linkAccount,
  reportIssue,
  reportText,
  restartAgent,
  runDoctor,
  setToken,
  showAgentLogs,
} from './helping.ts';

const signal = AbortSignal.timeout(30_000);

it('the doctor says what is missing and how to get it', async () => {
  const checks = [
    { name: 'kind', state: 'missing', says: 'There is no kind.', remedy: 'Get it.' },
    { name: 'Node.js', state: 'fine', says: 'v24', remedy: '' },
  ];
  const window = await fakeWindow({ program: () => ({ code: 1, stdout: JSON.stringify({ checks }) }) });
  await runDoctor(window.parts, undefined, signal);
  expect(window.ran).toEqual([['doctor', '-o', 'json', '--context=kind-dev']]);
  expect(window.shown[0]?.text).toBe(
    'One thing is missing.\n\n✗ kind: There is no kind.\n    → Get it.\n✓ Node.js: v24\n',
  );
});

it.each([
  [['container engine', 'kind'], 'a container engine comes first'],
  [['kind'], 'the program “kind” is needed'],
  [[], 'Auto-DevOps: Start Local Cluster'],
])(
  'the doctor works where there is no cluster, and where %j is missing says first what comes next',
  async (lacks, next) => {
    const checks = ['container engine', 'kind'].map((name) => ({
      name,
      state: lacks.includes(name) ? 'optional' : 'fine',
      says: 'It is said.',
      remedy: '',
    }));
    const kubeconfig = {
      name: 'kubeconfig',
      state: 'missing',
      says: 'There is none.',
      ...asRemedy(remedy`Pass another one with ${{ do: 'choose-kubeconfig' }}.`),
    };
    const window = await fakeWindow({
      contexts: [],
      program: () => ({ code: 1, stdout: JSON.stringify({ checks: [...checks, kubeconfig] }) }),
    });
    await runDoctor(window.parts, undefined, signal);
    expect(window.ran).toEqual([['doctor', '-o', 'json']]);
    expect(window.shown[0]?.text.split('\n')[0]).toContain(next);
    expect(window.shown[0]?.text).toContain('Pass another one with the setting autodevops.cluster.kubeconfig.');
  },
);

it('a code for an account in Slack is shown with what to type, and copied where that is wanted', async () => {
  const agent = { makeLinkCode: { code: 'ABCDE-FGHJK', expiresAt: '2026-01-01T00:10:00.000Z' } };
  const window = await fakeWindow({ agent, contexts: [remoteContext], replies: [{ press: 'Copy' }] });
  await linkAccount(window.parts, undefined, signal);
  expect(window.person.heard.join()).toContain('/autodevops link ABCDE-FGHJK');
  expect(window.person.copied).toEqual(['/autodevops link ABCDE-FGHJK']);
  const read = await fakeWindow({ agent, contexts: [remoteContext], replies: [{ press: undefined }] });
  await linkAccount(read.parts, undefined, signal);
  expect(read.person.copied).toEqual([]);
});

describe('the log of the agent', () => {
  it('is shown, its secrets masked', async () => {
    const window = await fakeWindow({
      files: {
        '/home/ann/state/agent.log': '{"message":"Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789"}\n',
      },
    });
    await showAgentLogs(window.parts, undefined, signal);
    expect(window.shown[0]).toMatchObject({ path: 'agent.log', language: 'log' });
    expect(window.shown[0]?.text).not.toContain('abcdefghijklmnopqrstuvwxyz0123456789');
    expect(window.logged).toContain('shown');
  });

  it('is its last part', () => {
    expect(lastLines('a\nb\nc\n', 2)).toBe('b\nc');
    expect(lastLines('', 2)).toBe('');
  });
});

describe('the token of an agent', () => {
  it('is kept by the editor, for this agent alone, and the agent is asked anew', async () => {
    const window = await fakeWindow({ replies: [{ enter: ' adt_of-ann ' }] });
    await window.parts.client(signal);
    await setToken(window.parts, undefined, signal);
    expect([...window.secrets]).toEqual([['agentToken:["kind-dev",""]', 'adt_of-ann']]);
    expect(window.processes).toEqual(['open kind-dev', 'let go']);
  });

  it('is forgotten where nothing is given, and stays where the person goes away', async () => {
    const window = await fakeWindow({ replies: [{ enter: 'adt_of-ann' }, { enter: undefined }, { enter: '' }] });
    await setToken(window.parts, undefined, signal);
    await setToken(window.parts, undefined, signal);
    expect(window.secrets.size).toBe(1);
    await setToken(window.parts, undefined, signal);
    expect(window.secrets.size).toBe(0);
  });
});

it('the agent is restarted', async () => {
  const window = await fakeWindow();
  await restartAgent(window.parts, undefined, signal);
  expect(window.processes).toEqual(['stop kind-dev', 'open kind-dev']);
});

describe('a report', () => {
  const log = `${JSON.stringify({ level: 'info', message: 'listening', time: '2026-01-07T12:00:00Z', fields: { cluster: 'production', address: 'unix:/home/ann/agent.sock' } })}\nnot json production\n`;

  it('holds versions, states and codes, and no name of anything of the person', async () => {
    const window = await fakeWindow({
      contexts: [remoteContext],
      settings: { 'cluster.kubeconfig': '/home/ann/secret-kube', 'logs.lines': 50 },
      agent: { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } }] },
    });
    window.parts.problems.follow();
    await window.parts.problems.state.until((state): state is typeof state => state.kind === 'live', signal);
    window.parts.problems.stop();
    const text = reportText(window.parts, { node: '24.0.0' }, log);
    for (const wanted of [
      'extension: 0.1.0',
      'node: 24.0.0',
      'cluster: remote',
      'locked: true',
      'cluster.kubeconfig',
      'logs.lines',
      'pod.image.not-found',
      '2026-01-07T12:00:00Z info listening',
    ]) {
      expect(text).toContain(wanted);
    }
    for (const name of ['production', '10.0.0.7', 'secret-kube', '/home/ann', 'shop', 'web']) {
      expect(text).not.toContain(name);
    }
  });

  it('is shown and copied, and sent nowhere', async () => {
    const window = await fakeWindow({ files: { '/home/ann/state/agent.log': log } });
    await reportIssue(window.parts, undefined, signal);
    expect(window.shown[0]).toMatchObject({ path: 'report.md', language: 'markdown' });
    expect(window.person.copied).toEqual([window.shown[0]?.text]);
    expect(window.ran).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { fakeWindow, remoteContext } from '../testing/fake-window.ts';
import { isPortPair, openTerminal, portForward, tailLogs } from './pods.ts';

const signal = AbortSignal.timeout(30_000);
const pod = { type: 'object', object: { kind: 'Pod', namespace: 'shop', name: 'web-7d-a' } } as const;
const deployment = { type: 'object', object: { kind: 'Deployment', namespace: 'shop', name: 'web' } } as const;

describe('the logs of an object', () => {
  it('are followed by kubectl, in the very cluster of the window', async () => {
    const window = await fakeWindow({ settings: { 'logs.lines': 50, 'cluster.kubeconfig': '/home/ann/kube' } });
    await tailLogs(window.parts, deployment, signal);
    expect(window.terminals).toEqual([
      {
        name: 'Logs of web',
        program: '/usr/bin/kubectl',
        args: [
          '--context=kind-dev',
          '--kubeconfig=/home/ann/kube',
          '--namespace=shop',
          'logs',
          '--follow',
          '--tail=50',
          '--all-containers',
          '--prefix',
          'deployment/web',
        ],
      },
    ]);
  });

  it('can be read in a cluster that is read-only', async () => {
    const window = await fakeWindow({ contexts: [remoteContext] });
    await tailLogs(window.parts, pod, signal);
    expect(window.terminals).toHaveLength(1);
  });

  it('say how to get kubectl where it is not there', async () => {
    const window = await fakeWindow({ programs: {} });
    await expect(tailLogs(window.parts, pod, signal)).rejects.toMatchObject({
      message: 'The program kubectl is not on the PATH.',
    });
    expect(window.terminals).toEqual([]);
  });

  it('are of what the person names, where nothing is in view', async () => {
    const window = await fakeWindow({ replies: [{ enter: 'statefulset/db -n data' }] });
    await tailLogs(window.parts, undefined, signal);
    expect(window.terminals[0]?.args.slice(-1)).toEqual(['statefulset/db']);
    expect(window.terminals[0]?.args).toContain('--namespace=data');
  });

  it.each(['--as=admin', '-o', 'a b', '$(id)', ''])(
    'are never asked for by a name like %j, which is none',
    async (name) => {
      const window = await fakeWindow({ replies: [{ enter: undefined }] });
      await tailLogs(window.parts, { type: 'object', object: { kind: 'Pod', namespace: 'shop', name } }, signal).catch(
        () => undefined,
      );
      expect(window.terminals).toEqual([]);
    },
  );
});

describe('a terminal in a pod', () => {
  it('is opened after the person was told that nothing watches over it', async () => {
    const window = await fakeWindow({ replies: [{ confirm: true }] });
    await openTerminal(window.parts, pod, signal);
    expect(window.person.heard[0]).toContain('no policy is asked');
    expect(window.terminals[0]?.args.slice(-6)).toEqual(['exec', '--stdin', '--tty', 'pod/web-7d-a', '--', 'sh']);
  });

  it('is not opened where the person does not want that', async () => {
    const window = await fakeWindow({ replies: [{ confirm: false }] });
    await openTerminal(window.parts, pod, signal);
    expect(window.terminals).toEqual([]);
  });

  it.each([
    ['opened', openTerminal],
    ['forwarded to', portForward],
  ] as const)('is not %s in a cluster that is read-only', async (_name, handler) => {
    const window = await fakeWindow({ contexts: [remoteContext] });
    await expect(handler(window.parts, pod, signal)).rejects.toMatchObject({ code: 'change.not-allowed' });
  });
});

describe('forwarded ports', () => {
  it('end on this machine only', async () => {
    const window = await fakeWindow({ replies: [{ enter: '8080:80' }] });
    await portForward(window.parts, deployment, signal);
    expect(window.terminals[0]?.args.slice(-4)).toEqual([
      'port-forward',
      '--address=127.0.0.1',
      'deployment/web',
      '8080:80',
    ]);
  });

  it('are one number or two, of ports that exist', () => {
    expect(['80', '8080:80', ' 1:65535 '].map(isPortPair)).toEqual([true, true, true]);
    expect(['0', '80:', '80:70000', 'http', '-1', '80 --address=0.0.0.0'].map(isPortPair)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Environment } from './environment.ts';
import { kubeconfigFiles, readContextList } from './context-list.ts';

function home(text?: string): { readonly environment: Environment } {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-contexts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (text !== undefined) writeFileSync(join(folder, 'config'), text);
  return {
    environment: {
      variables: { KUBECONFIG: join(folder, 'config') },
      platform: 'linux',
      home: folder,
      serviceAccountFolder: folder,
    },
  };
}

const two = `
apiVersion: v1
kind: Config
current-context: dev
clusters:
- name: here
  cluster: {server: "https://127.0.0.1:6443"}
users:
- name: ann
  user: {token: of-ann}
contexts:
- name: dev
  context: {cluster: here, user: ann}
- name: lost
  context: {cluster: gone, user: ann, namespace: shop}
`;

describe('the list of contexts', () => {
  it('names every context with its server, and no credential', async () => {
    const { environment } = home(two);
    const list = await readContextList(undefined, environment);
    expect(list).toEqual({
      current: 'dev',
      contexts: [
        { name: 'dev', server: 'https://127.0.0.1:6443', namespace: '' },
        { name: 'lost', server: '', namespace: 'shop' },
      ],
    });
    expect(JSON.stringify(list)).not.toContain('of-ann');
  });

  it.each([
    ['https://me:of-ann@api.example:6443/k8s', 'https://api.example:6443/k8s'],
    ['me:of-ann@api.example', 'api.example'],
    ['https://me:a@b@api.example', 'https://api.example'],
    ['https://api.example/@scope', 'https://api.example/@scope'],
    ['https://[::1]:6443', 'https://[::1]:6443'],
  ])('names %s without a login', async (server, named) => {
    const { environment } = home(two.replace('https://127.0.0.1:6443', server));
    expect((await readContextList(undefined, environment)).contexts[0]?.server).toBe(named);
  });

  it('is empty where there is no kubeconfig', async () => {
    expect(await readContextList(undefined, home().environment)).toEqual({ current: '', contexts: [] });
  });

  it('comes from files that are named also where they are not there yet', () => {
    const { environment } = home();
    const usual = { ...environment, variables: {} };
    expect(kubeconfigFiles(undefined, usual)).toEqual([join(environment.home, '.kube', 'config')]);
    const listed = { ...environment, variables: { KUBECONFIG: ['/a', '', '/b', '/a'].join(delimiter) } };
    expect(kubeconfigFiles(undefined, listed)).toEqual(['/a', '/b']);
    expect(kubeconfigFiles('/c', listed)).toEqual(['/c']);
  });

  it('says what is wrong with one that cannot be read', async () => {
    await expect(readContextList(undefined, home('- not a kubeconfig').environment)).rejects.toMatchObject({
      code: 'kubeconfig.invalid',
    });
  });
});

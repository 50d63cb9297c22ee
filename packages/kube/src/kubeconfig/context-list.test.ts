import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Environment } from './environment.ts';
import { readContextList } from './context-list.ts';

function home(text?: string): { readonly folder: string; readonly environment: Environment } {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-contexts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (text !== undefined) writeFileSync(join(folder, 'config'), text);
  return {
    folder,
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
    const { environment, folder } = home(two);
    const list = await readContextList(undefined, environment);
    expect(list).toEqual({
      current: 'dev',
      files: [join(folder, 'config')],
      contexts: [
        { name: 'dev', server: 'https://127.0.0.1:6443', namespace: '' },
        { name: 'lost', server: '', namespace: 'shop' },
      ],
    });
    expect(JSON.stringify(list)).not.toContain('of-ann');
  });

  it('is empty where there is no kubeconfig', async () => {
    expect(await readContextList(undefined, home().environment)).toEqual({ current: '', contexts: [], files: [] });
  });

  it('says what is wrong with one that cannot be read', async () => {
    await expect(readContextList(undefined, home('- not a kubeconfig').environment)).rejects.toMatchObject({
      code: 'kubeconfig.invalid',
    });
  });
});

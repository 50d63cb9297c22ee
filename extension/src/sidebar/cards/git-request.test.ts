import { describe, expect, it } from 'vitest';
import { fakeWindow } from '../../testing/fake-window.ts';
import { changedFile, gitRequest } from './git-request.ts';
import type { FolderFile } from './git-request.ts';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u1' };
const request = { action: 'scale', target, params: { replicas: 3 } };
const file: FolderFile = {
  path: 'deploy/web.yaml',
  text: '# ours\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1 # too few\n',
};
const says = { will: 'Scale Deployment shop/web to 3.', why: 'It is slow.' };

describe('the file of a change', () => {
  it('is as it was but for what would be set', () => {
    expect(
      changedFile(request, [{ path: 'x.yaml', text: file.text.replace('name: web', 'name: web-2') }, file]),
    ).toEqual({ path: 'deploy/web.yaml', content: file.text.replace('replicas: 1', 'replicas: 3') });
  });

  it('is none where it is of another namespace, says so already, or does not say it', () => {
    expect(
      changedFile(request, [{ ...file, text: file.text.replace('name: web', 'name: web\n  namespace: other') }]),
    ).toBeUndefined();
    expect(changedFile({ ...request, params: { replicas: 1 } }, [file])).toBeUndefined();
    expect(changedFile({ ...request, action: 'restart-rollout', params: {} }, [file])).toBeUndefined();
  });
});

describe('opening a change in Git', () => {
  const root = { '/home/ann/shop/.git/HEAD': 'ref: refs/heads/main\n' };

  it('asks for the repository, and proposes the whole file', async () => {
    const { parts } = await fakeWindow({ files: root, replies: [{ enter: 'shop' }] });
    expect(await gitRequest({ window: parts, filesWith: async () => [file] }, request, says)).toEqual({
      action: 'open-git-change',
      target,
      params: {
        repository: 'shop',
        title: says.will,
        why: says.why,
        files: [{ path: 'deploy/web.yaml', content: file.text.replace('replicas: 1', 'replicas: 3') }],
      },
    });
    expect(parts.kept.get('git.repository')).toBe('shop');
  });

  it('is nothing where the person goes away, and refused where there is no repository or no manifest', async () => {
    const { parts } = await fakeWindow({ files: root, replies: [{ enter: undefined }] });
    expect(await gitRequest({ window: parts, filesWith: async () => [file] }, request, says)).toBeUndefined();
    await expect(gitRequest({ window: parts, filesWith: async () => [] }, request, says)).rejects.toThrow(
      'No manifest of the folder says',
    );
    const bare = await fakeWindow({});
    await expect(gitRequest({ window: bare.parts, filesWith: async () => [file] }, request, says)).rejects.toThrow(
      'not the root of a Git repository',
    );
  });
});

import { join } from 'node:path';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import { t } from '../../language/translate.ts';
import { withEdits } from '../../manifests/editing/text-edit.ts';
import { editsFor, wantedFields } from '../../manifests/live/proposed-edits.ts';
import { readManifests } from '../../manifests/reading/manifest.ts';
import type { WindowParts } from '../../window-parts.ts';

/** A manifest of the folder: its path in it, with slashes, and its text. */
export interface FolderFile {
  readonly path: string;
  readonly text: string;
}

export interface GitParts {
  readonly window: Pick<WindowParts, 'folder' | 'people' | 'kept'>;
  /** Manifests of the folder in which these letters stand; not more than can be read at once. */
  readonly filesWith: (letters: string) => Promise<readonly FolderFile[]>;
}

const repositoryName = /^[a-z0-9][a-z0-9-]{0,99}$/;
const keptName = 'git.repository';

/** The file that describes the object, with what the request would set; undefined where it does not say any of that. */
export function changedFile(
  { target, ...request }: ActionRequest,
  files: readonly FolderFile[],
): { readonly path: string; readonly content: string } | undefined {
  for (const { path, text } of files) {
    const manifest = readManifests(text).find(
      ({ kind, name, namespace }) =>
        kind === target.kind && name === target.name && (namespace === '' || namespace === target.namespace),
    );
    const edits = manifest === undefined ? [] : editsFor(manifest, wantedFields(manifest, request), text);
    if (edits.length > 0) return { path, content: withEdits(text, edits) };
  }
  return undefined;
}

async function isRepository({ folder }: GitParts['window'], root: string): Promise<boolean> {
  // A worktree has a file where others have a folder.
  return (
    (await folder.read(join(root, '.git', 'HEAD'))) !== undefined ||
    (await folder.read(join(root, '.git'))) !== undefined
  );
}

async function askRepository({ people, kept }: GitParts['window']): Promise<string | undefined> {
  const last = kept.get(keptName);
  const name = await people.enter({
    title: t('Open as Git Change'),
    prompt: t('The repository, as the configuration of the agent names it'),
    ...(typeof last === 'string' ? { value: last } : {}),
    check: (text) =>
      repositoryName.test(text.trim()) ? undefined : t('A name has small letters, digits and hyphens.'),
  });
  if (name !== undefined) await kept.put(keptName, name.trim());
  return name?.trim();
}

/** Asks to propose in Git what a request would do in the cluster. Undefined: the person went away. */
export async function gitRequest(
  { window, filesWith }: GitParts,
  request: ActionRequest,
  says: { readonly will: string; readonly why: string },
): Promise<ActionRequest | undefined> {
  const root = window.folder.path();
  if (root === undefined || !window.folder.trusted() || !(await isRepository(window, root))) {
    throw new AutoDevOpsError(
      'usage',
      t('The folder is not the root of a Git repository.'),
      t('Open the repository that holds the manifests.'),
    );
  }
  const file = changedFile(request, await filesWith(request.target.name));
  if (file === undefined) {
    throw new AutoDevOpsError(
      'usage',
      t('No manifest of the folder says what would be changed of {0}.', oneLine(refText(request.target), 120)),
      t('Apply it, or change the file that describes it.'),
    );
  }
  const repository = await askRepository(window);
  if (repository === undefined) return undefined;
  return {
    action: 'open-git-change',
    target: request.target,
    params: { repository, title: oneLine(says.will, 100), why: oneLine(says.why, 500), files: [file] },
  };
}

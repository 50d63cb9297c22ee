import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitChange } from '@autodevops/domain/ports/git-changes';
import { withoutMentions } from '@autodevops/domain/without-mentions';
import { checkBranch, checkPath } from './branch-name.ts';
import { gitFailure } from './failure.ts';
import { git } from './git-program.ts';
import type { GitRun } from './git-program.ts';
import type { Repository } from '@autodevops/domain/change/repository';

interface Place {
  readonly repository: Repository;
  readonly run: GitRun;
}

/** Does something in an empty repository of its own, without a work tree: nothing in the content can run or escape. */
export async function inFreshRepository<T>(
  repository: Repository,
  options: { token: string | undefined; signal: AbortSignal },
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'autodevops-git-'));
  try {
    const run = { folder, ...options };
    await git(['init', '--quiet', '--bare', '.'], run);
    return await work({ repository, run });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The commit that a branch of the repository stands at; undefined when there is no such branch. */
export async function branchHead({ repository, run }: Place, branch: string): Promise<string | undefined> {
  checkBranch(branch);
  const { out } = await git(['ls-remote', '--exit-code', '--', repository.address, `refs/heads/${branch}`], {
    ...run,
    allow: [2],
  });
  return /^[0-9a-f]{40,64}/.exec(out)?.[0];
}

export async function fetchCommit({ repository, run }: Place, commit: string): Promise<void> {
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--', repository.address, commit], run);
}

/** The text of a file at a commit; undefined when there is none. */
export async function fileAt({ run }: Place, commit: string, path: string): Promise<string | undefined> {
  checkPath(path);
  const { code, out } = await git(['cat-file', 'blob', `${commit}:${path}`], { ...run, allow: [128] });
  return code === 0 ? out : undefined;
}

async function modeAt(place: Place, commit: string, path: string): Promise<string> {
  const { out } = await git(['ls-tree', commit, '--', path], place.run);
  const mode = /^(\d{6}) (\w+)/.exec(out);
  if (mode === null) return '100644';
  if (mode[2] !== 'blob' || mode[1] === '120000') {
    throw gitFailure(`${path} is no plain file in the repository.`, '', 'Change the file that it points at.');
  }
  return mode[1] ?? '100644';
}

/** The tree of the base with the change's files in it. */
export async function treeOf(place: Place, base: string, change: GitChange): Promise<string> {
  const run = { ...place.run, index: join(place.run.folder, 'proposal-index') };
  await git(['read-tree', base], run);
  for (const { path, content } of change.files) {
    checkPath(path);
    if (content === null) {
      await git(['update-index', '-z', '--index-info'], { ...run, input: `0 ${'0'.repeat(40)}\t${path}\0` });
      continue;
    }
    const mode = await modeAt(place, base, path);
    const { out } = await git(['hash-object', '-w', '--stdin'], { ...run, input: content });
    await git(['update-index', '--add', '--cacheinfo', `${mode},${out.trim()},${path}`], run);
  }
  return (await git(['write-tree'], run)).out.trim();
}

export async function commitTree({ run }: Place, change: GitChange, tree: string, parent: string): Promise<string> {
  const { out } = await git(['commit-tree', tree, '-p', parent, '-F', '-'], {
    ...run,
    // A message is no Markdown: what is quoted in the review would mention and close in it.
    input: withoutMentions(`${change.title}\n\n${change.body}\n`),
  });
  return out.trim();
}

/** Pushes a branch that must not exist yet, or stand at `expected`. */
export async function pushBranch(
  { repository, run }: Place,
  branch: string,
  commit: string,
  expected: string,
): Promise<void> {
  await git(
    [
      'push',
      '--quiet',
      `--force-with-lease=refs/heads/${branch}:${expected}`,
      '--',
      repository.address,
      `${commit}:refs/heads/${branch}`,
    ],
    run,
  );
}

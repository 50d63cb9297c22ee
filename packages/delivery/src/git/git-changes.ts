import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { GitChange, GitChanges, OpenedGitChange } from '@autodevops/domain/ports/git-changes';
import { checkBranch } from './branch-name.ts';
import { gitFailure } from './failure.ts';
import { git } from './git-program.ts';
import {
  branchHead,
  commitTree,
  fetchCommit,
  fileAt,
  inFreshRepository,
  pushBranch,
  treeOf,
} from './proposal-branch.ts';
import type { Repository } from '@autodevops/domain/change/repository';
import { reviewHost } from './review-host.ts';
import type { ReviewHost } from './review-host.ts';

export interface GitChoice {
  readonly repositories: readonly Repository[];
  /** The token of a repository; read when it is needed, kept nowhere. */
  readonly token: (repository: Repository) => string | undefined;
}

interface Known {
  readonly repository: Repository;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

async function baseCommit(place: Parameters<typeof branchHead>[0], base: string): Promise<string> {
  const commit = await branchHead(place, base);
  if (commit === undefined) {
    throw gitFailure(
      `The repository ${place.repository.name} has no branch ${base}.`,
      '',
      'Correct "base" of the repository in the configuration.',
    );
  }
  await fetchCommit(place, commit);
  return commit;
}

/** The branch as we would have made it, found again by its content: one parent, and the tree that the change gives. */
async function findBranch(known: Known, change: GitChange): Promise<string | undefined> {
  return await inFreshRepository(known.repository, known, async (place) => {
    const commit = await branchHead(place, change.branch);
    if (commit === undefined) return undefined;
    await git(['fetch', '--quiet', '--depth=2', '--no-tags', '--', known.repository.address, commit], place.run);
    const parent = (
      await git(['rev-parse', '--verify', '--quiet', `${commit}^`], { ...place.run, allow: [1, 128] })
    ).out.trim();
    const tree = (await git(['rev-parse', `${commit}^{tree}`], place.run)).out.trim();
    if (parent !== '' && (await treeOf(place, parent, change)) === tree) return commit;
    throw new AutoDevOpsError(
      'cluster.conflict',
      `The repository ${known.repository.name} has a branch ${change.branch} with other content.`,
      'Delete that branch, or propose anew.',
    );
  });
}

async function makeBranch(known: Known, change: GitChange): Promise<string> {
  return await inFreshRepository(known.repository, known, async (place) => {
    const parent = await baseCommit(place, change.base);
    const tree = await treeOf(place, parent, change);
    const before = (await git(['rev-parse', `${parent}^{tree}`], place.run)).out.trim();
    if (tree === before) {
      throw new AutoDevOpsError(
        'change.refused',
        `The files are in ${change.base} of ${known.repository.name} like this already.`,
        'Nothing is to be done.',
      );
    }
    const commit = await commitTree(place, change, tree, parent);
    await pushBranch(place, change.branch, commit, '');
    return commit;
  });
}

/** Removes the branch, if it still stands at that commit. */
async function removeBranch(known: Known, change: GitChange, commit: string): Promise<void> {
  await inFreshRepository(known.repository, known, async ({ repository, run }) => {
    await git(
      [
        'push',
        '--quiet',
        `--force-with-lease=refs/heads/${change.branch}:${commit}`,
        '--',
        repository.address,
        `:refs/heads/${change.branch}`,
      ],
      run,
    );
  });
}

async function withdraw(known: Known, change: GitChange): Promise<void> {
  const commit = await findBranch(known, change);
  await reviewHost(known.repository, known.token).close(change, known.signal);
  if (commit !== undefined) await removeBranch(known, change, commit);
}

async function find(known: Known, change: GitChange): Promise<OpenedGitChange | undefined> {
  const commit = await findBranch(known, change);
  if (commit === undefined) return undefined;
  const page = await reviewHost(known.repository, known.token).find(change, known.signal);
  return page === undefined ? undefined : { commit, branch: change.branch, page };
}

/** Whether the host has a review whose opening failed: the answer alone may have been lost. Where nobody can tell, it may. */
async function mayBeOpen(host: ReviewHost, change: GitChange, signal: AbortSignal): Promise<boolean> {
  return await host.find(change, signal).then(
    (page) => page !== undefined,
    () => true,
  );
}

async function open(known: Known, change: GitChange): Promise<OpenedGitChange> {
  const host = reviewHost(known.repository, known.token);
  // Asked before anything is pushed: a token that is not accepted leaves nothing behind.
  const present = await host.find(change, known.signal);
  const before = await findBranch(known, change);
  const commit = before ?? (await makeBranch(known, change));
  try {
    return { commit, branch: change.branch, page: present || (await host.open(change, known.signal)) };
  } catch (error) {
    // A branch that nobody is asked to look at is half a proposal.
    if (before === undefined && !(await mayBeOpen(host, change, known.signal))) {
      await removeBranch(known, change, commit).catch(() => undefined);
    }
    throw error;
  }
}

/** Git by the `git` program of this machine; reviews by the API of GitHub or GitLab where the configuration names one. */
export function gitChanges({ repositories, token }: GitChoice): GitChanges {
  const known = (name: string, signal: AbortSignal): Known => {
    const repository = repositories.find((one) => one.name === name);
    if (repository === undefined) {
      throw new AutoDevOpsError(
        'change.refused',
        `The configuration names no repository "${name}".`,
        `It names: ${repositories.map((one) => one.name).join(', ') || 'none'}.`,
      );
    }
    return { repository, token: token(repository), signal };
  };
  const checked = (change: GitChange, signal: AbortSignal): Known => {
    checkBranch(change.branch);
    checkBranch(change.base);
    if (change.branch === change.base) {
      throw new AutoDevOpsError(
        'change.refused',
        `A change is proposed on a branch of its own, not on ${change.base}.`,
        'Name another branch.',
      );
    }
    return known(change.repository, signal);
  };
  return {
    repositories: repositories.map(({ name }) => name),
    read: async (name, base, path, { signal }) =>
      await inFreshRepository(
        known(name, signal).repository,
        known(name, signal),
        async (place) => await fileAt(place, await baseCommit(place, base), path),
      ),
    find: async (change, { signal }) => await find(checked(change, signal), change),
    open: async (change, { signal }) => await open(checked(change, signal), change),
    withdraw: async (change, { signal }) => await withdraw(checked(change, signal), change),
  };
}

import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { nameList } from '../../reading/name-list.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { BranchName, FilePath } from '../../scarlet/actions/open-git-change/file-place.ts';

/** Where the draft of a post-mortem is to be proposed. */
export interface PostMortemPlace {
  /** As the configuration names it. */
  readonly repository: string;
  readonly path?: string | undefined;
  /** The branch that it is proposed against. */
  readonly base?: string | undefined;
}

function refused(what: string, remedy: string): AutoDevOpsError {
  return new AutoDevOpsError('change.invalid', what, remedy);
}

/** Throws `change.invalid` for a place that is none, with what to write or to configure. */
export function requirePlace({ repository, path, base }: PostMortemPlace, repositories: readonly string[]): void {
  if (repositories.length === 0) {
    throw refused(
      'There is no Git repository yet that post-mortems can be proposed in.',
      "Name one in the agent's configuration, under `repositories`: a name such as runbooks, and its address. Until then, take the draft as a file.",
    );
  }
  if (!repositories.includes(repository)) {
    const near = nearMatches(repository, repositories);
    throw refused(
      `There is no Git repository called ${oneLine(repository, 60)} in the agent's configuration.`,
      near.length > 0 ? `Did you mean ${nameList(near)}?` : `There is ${nameList(repositories, 8)}.`,
    );
  }
  if (path !== undefined && !FilePath.safeParse(path).success) {
    throw refused(
      `${oneLine(path, 60)} is no place for a file in a repository.`,
      'Write one such as postmortems/2027-01-15.md.',
    );
  }
  if (base !== undefined && !BranchName.safeParse(base).success) {
    throw refused(`${oneLine(base, 60)} is no name of a branch.`, 'Write one such as main.');
  }
}

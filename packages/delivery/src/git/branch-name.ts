import { AutoDevOpsError } from '@autodevops/domain/errors';

/** Stricter than `git check-ref-format`: letters, digits, `-`, `_`, `.` and `/`. */
export function checkBranch(name: string): void {
  const parts = name.split('/');
  const good =
    /^[A-Za-z0-9._/-]{1,200}$/.test(name) &&
    parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock') && !part.includes('..')) &&
    !name.startsWith('-');
  if (!good) {
    throw new AutoDevOpsError(
      'change.refused',
      `"${name.slice(0, 60)}" is no name for a branch.`,
      'Use letters, digits, "-", "_", "." and "/".',
    );
  }
}

/** A path inside of a repository: relative, without `..`, never Git's own, also where case does not count (macOS) or NTFS has short names. */
export function checkPath(path: string): void {
  const parts = path.split('/');
  const good =
    path.length <= 500 &&
    !/[\u0000-\u001f\\]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/^(?:\.git|git~\d+)[ .]*$/i.test(part));
  if (!good) {
    throw new AutoDevOpsError(
      'change.refused',
      `"${path.slice(0, 60)}" is no path of a file in a repository.`,
      'Name the file relative to the root of the repository.',
    );
  }
}

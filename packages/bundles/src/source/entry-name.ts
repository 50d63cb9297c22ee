/** Why a name inside an archive is not one of a file inside that archive; undefined when it is. */
export function nameProblem(name: string): string | undefined {
  if (name.includes('\0')) return 'holds a zero byte';
  if (/^[/\\]/.test(name)) return 'is absolute';
  if (/^[A-Za-z]:/.test(name)) return 'names a drive';
  // Unix file names may hold a backslash (systemd units do); it only counts where Windows would climb by it.
  if (name.split(/[/\\]/).includes('..')) return 'leads out of the archive';
  return undefined;
}

/** `./a//b/` as `a/b`. */
export function normalName(name: string): string {
  return name
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}

/** Where a link at `from` leads, or undefined when that is outside of the archive. */
export function linkTarget(from: string, to: string): string | undefined {
  if (to === '' || to.includes('\0') || /^[/\\]/.test(to) || /^[A-Za-z]:/.test(to)) return undefined;
  const at = normalName(from).split('/').slice(0, -1);
  for (const segment of to.split(/[/\\]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') at.push(segment);
    else if (at.pop() === undefined) return undefined;
  }
  return at.join('/');
}

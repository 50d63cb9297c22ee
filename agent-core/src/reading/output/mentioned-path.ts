const separators = /[\s"'`()<>[\]{},;=|]+/;

function pathOf(token: string): string {
  const bare = token
    .replace(/^file:\/\//, '')
    .replace(/[:.?]+$/, '')
    .replace(/:\d+$/, '');
  return bare.length > 1 && bare.length < 400 && bare.startsWith('/') && !bare.startsWith('//') ? bare : '';
}

function pathsIn(text: string): readonly string[] {
  return text
    .split(separators)
    .map(pathOf)
    .filter((path) => path !== '');
}

/** The absolute path that a line complains about: the last before the complaint, else the first after it. */
export function mentionedPath(text: string, complaint: readonly string[]): string {
  const lower = text.toLowerCase();
  const at =
    complaint
      .map((words) => lower.indexOf(words))
      .filter((index) => index >= 0)
      .toSorted((a, b) => a - b)[0] ?? text.length;
  return pathsIn(text.slice(0, at)).at(-1) ?? pathsIn(text.slice(at))[0] ?? '';
}

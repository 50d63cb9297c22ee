/** Without what joins words: "best effort", `BestEffort` and `best-effort` are one. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_:/-]+/g, '');
}

function isPart(value: string, wanted: string): boolean {
  const [low, part] = [value.toLowerCase(), wanted.toLowerCase()];
  const at = low.indexOf(part);
  if (at < 0) return false;
  const [before, after] = [low.charAt(at - 1), low.charAt(at + part.length)];
  const opens = at === 0 || /[/=:. (]/.test(before);
  return opens && (after === '' || /[/=:.@, ()]/.test(after));
}

/**
 * Whether a value is what a person wrote of it: the whole, or a part between marks (`busybox` of `busybox:1.36`, `80` of
 * `80/TCP`, `web` of `app=web`, a registry of an image). Never a part of a word.
 */
export function isMeant(value: string, wanted: string): boolean {
  return plain(value) === plain(wanted) || isPart(value, wanted);
}

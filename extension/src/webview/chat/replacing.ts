function keyed(root: Element, key: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>('[data-key]')].find((one) => one.dataset['key'] === key);
}

function foldsOf(root: Element): readonly HTMLDetailsElement[] {
  return [...root.querySelectorAll<HTMLDetailsElement>('details[data-key]')];
}

/** The place of a fold among those of its name: two causes have both *Evidence*. */
function nth(folds: readonly HTMLDetailsElement[], index: number): string {
  const key = folds[index]?.dataset['key'] ?? '';
  return `${folds.slice(0, index).filter((one) => one.dataset['key'] === key).length} ${key}`;
}

/** Puts a part in the place of what it was: what a person had opened, closed or focused stays so. */
export function replacePart(old: HTMLElement, fresh: HTMLElement): void {
  const focused = old.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).dataset['key']
    : undefined;
  const before = foldsOf(old);
  const states = new Map(before.map((fold, index) => [nth(before, index), fold.open]));
  const after = foldsOf(fresh);
  for (const [index, fold] of after.entries()) fold.open = states.get(nth(after, index)) ?? fold.open;
  old.replaceWith(fresh);
  if (focused === undefined) return;
  const same = keyed(fresh, focused);
  if (same === undefined) takeFocus(fresh);
  else same.focus();
}

/** What was pressed may be gone: whoever works by keys goes on from the part, not from the top of the page. */
export function takeFocus(part: HTMLElement): void {
  part.tabIndex = -1;
  part.focus();
}

/** Moves a list so far that its child is seen; `scrollIntoView` would move the page too. */
export function showWithin(list: HTMLElement, child: HTMLElement): void {
  const [from, to] = [child.offsetTop, child.offsetTop + child.offsetHeight];
  if (from < list.scrollTop) list.scrollTop = from;
  else if (to > list.scrollTop + list.clientHeight) list.scrollTop = to - list.clientHeight;
}

/** Moves a list so that its child is at the top, as far as there is enough below it. */
export function showAtTop(list: HTMLElement, child: HTMLElement): void {
  list.scrollTop = child.offsetTop - list.offsetTop;
}

/**
 * Whether a text arrives as it is when it is the value of a header: control characters would end it, and spaces at its
 * ends are cut off under way, which makes another name of it.
 */
export function isHeaderText(text: string): boolean {
  return text !== '' && text.trim() === text && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** A header's text as Node has to be given it: Node writes it in Latin-1, and Kubernetes reads UTF-8. */
export function headerText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

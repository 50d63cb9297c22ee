/** As much as a quotation holds. */
const longest = 360;

/**
 * The end of a message that is too long to quote: runtimes nest their errors, the reason stands last. Cut at a word,
 * with an ellipsis in front.
 */
export function messageEnd(message: string): string {
  const whole = message.trim();
  if (whole.length <= longest) return whole;
  const end = whole.slice(-longest);
  const space = end.indexOf(' ');
  return `…${space >= 0 && space < 60 ? end.slice(space) : ` ${end}`}`;
}

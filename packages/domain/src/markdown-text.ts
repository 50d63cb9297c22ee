import { withoutMentions } from './without-mentions.ts';

/**
 * Text that Markdown shows as it is: no markup, no HTML, no mentions, no automatic links. On one line. A digit cannot be
 * escaped; a round bracket is, where it stands behind a square one.
 */
export function markdownText(text: string): string {
  return (
    withoutMentions(text)
      .replaceAll(/\s+/g, ' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_{}[\]#+!|~$]|(?<=\])\(/g, String.raw`\$&`)
      .replaceAll(/^(?=[-=])|(?<=^\d+)(?=[.)])/g, '\\')
      .replaceAll('@', '&#64;')
      .replaceAll('://', '&#58;//')
      .replaceAll(/\bwww\./gi, 'www&#46;')
      // It has to be there when Markdown is shown, and must not be hidden in its source.
      .replaceAll('\u200B', '&#8203;')
  );
}

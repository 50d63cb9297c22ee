import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import { mrkdwnHtml } from './mrkdwn-html.ts';
import type { Names } from './names.ts';

/** Letters that stand for escaped marks while the rest is read. */
const firstPrivate = 0xe000;

function hidden(mark: string): string {
  return String.fromCodePoint(firstPrivate + (mark.codePointAt(0) ?? 0));
}

function shown({ html }: Html): Html {
  return {
    html: html.replaceAll(
      /[\uE000-\uE07F]/g,
      (letter) => together(String.fromCodePoint((letter.codePointAt(0) ?? 0) - firstPrivate)).html,
    ),
  };
}

/** Outside of fences: escaped marks are letters, two stars are bold, a blank line parts paragraphs. */
function paragraphsHtml(text: string, names: Names): Html {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return together(
    ...paragraphs.map((paragraph) =>
      tag(
        'p',
        {},
        shown(
          mrkdwnHtml(
            paragraph
              .trim()
              .replaceAll(/\\([!-/:-@[-`{-~])/g, (_all, mark: string) => hidden(mark))
              .replaceAll('**', '*'),
            names,
          ),
        ),
      ),
    ),
  );
}

/** Text in Markdown, as people see it: paragraphs, bold, italics, code, fences and escapes. https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
export function markdownHtml(text: string, names: Names): Html {
  const fence = /^(`{3,})[^`\n]*\n([\s\S]*?)\n\1$/m.exec(text);
  if (fence === null) return paragraphsHtml(text, names);
  return together(
    paragraphsHtml(text.slice(0, fence.index), names),
    tag('pre', {}, fence[2] ?? ''),
    markdownHtml(text.slice(fence.index + fence[0].length), names),
  );
}

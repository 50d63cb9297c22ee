import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import { codePoints } from './code-points.ts';
import { mrkdwn } from './mrkdwn.ts';

/** In code points: with what stands before it, below the 4,000 that Slack recommends for a text. */
const most = 3000;

type PartOfRichText = RichTextBlock['elements'][number];

function pieceText(piece: RichTextElement): string {
  switch (piece.type) {
    case 'text':
      return piece.text;
    case 'link':
      return piece.text ?? piece.url;
    case 'date':
      return piece.fallback ?? '';
    default:
      return '';
  }
}

/** What is shown as it is stands on lines of its own. */
function linesOf(part: PartOfRichText): readonly string[] {
  if (part.type === 'rich_text_list') return part.elements.flatMap(linesOf);
  return part.elements.map(pieceText).join('').split('\n');
}

function foreign(lines: readonly string[]): readonly string[] {
  return lines.map((line) => mrkdwn(line, most));
}

/** Of a block, as lines in Slack's markup. Buttons are reached and read by themselves, and a line says nothing. */
function readBlock(block: KnownBlock): readonly string[] {
  switch (block.type) {
    case 'header':
      return foreign([block.text.text]);
    case 'rich_text':
      return foreign(block.elements.flatMap(linesOf));
    case 'context':
      return foreign(block.elements.map((element) => (element.type === 'image' ? element.alt_text : element.text)));
    case 'table':
      return foreign(
        block.rows.map((cells) => cells.map((cell) => (cell.type === 'raw_text' ? cell.text : '')).join(', ')),
      );
    case 'section':
      return block.text?.type === 'mrkdwn' ? [block.text.text] : foreign([block.text?.text ?? '']);
    default:
      // A chart, which @slack/types 3.2 does not know yet.
      return 'title' in block && typeof block.title === 'string' ? foreign([`Chart: ${block.title}`]) : [];
  }
}

/**
 * What a message shows, in words: screen readers take a message's `text` and nothing of its blocks, and so do the
 * notifications of phones. https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function readAloud(blocks: readonly KnownBlock[]): string {
  const said: string[] = [];
  let room = most;
  for (const line of blocks.flatMap(readBlock).filter((one) => one !== '')) {
    room -= codePoints(line) + 1;
    if (room < 0) {
      said.push('…');
      break;
    }
    said.push(line);
  }
  return said.join('\n');
}

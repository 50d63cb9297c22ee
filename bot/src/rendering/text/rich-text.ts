import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from '@slack/types';
import { shown, shownLines } from './shown.ts';

/**
 * Rich text: Slack shows the letters of a text element as they are and reads no markup, mention or link in them.
 * Everything foreign is shown by it. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export type Piece = RichTextElement | undefined;

type Style = 'bold' | 'italic' | 'code' | 'strike';

function styled(text: string, most: number, style?: Style): Piece {
  // A blank at the end may be wanted: "Why: ".
  const [before, after] = [/^\s/.test(text) ? ' ' : '', /\S\s+$/.test(text) ? ' ' : ''];
  const line = shown(text, most);
  // What stands between two others may be nothing but a blank.
  if (line === '') return text !== '' && text.trim() === '' ? { type: 'text', text: ' ' } : undefined;
  return {
    type: 'text',
    text: `${before}${line}${after}`,
    ...(style === undefined ? {} : { style: { [style]: true } }),
  };
}

/** Between two pieces that are not ours: a text of blanks alone is nothing to say. */
export const blank: Piece = { type: 'text', text: ' ' };

export function words(text: string, most = 600): Piece {
  return styled(text, most);
}

export function bold(text: string, most = 300): Piece {
  return styled(text, most, 'bold');
}

export function italic(text: string, most = 600): Piece {
  return styled(text, most, 'italic');
}

/** Names, ids and commands. */
export function code(text: string, most = 300): Piece {
  return styled(text, most, 'code');
}

/** A sentence in which commands and paths stand between backticks: those are shown as code. */
export function sentence(text: string, most = 600): readonly Piece[] {
  return shown(text, most)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1), most) : words(part, most)));
}

/** An address that an administrator wrote, or that the agent made of one; never one out of the cluster. Its title alone where it is none. */
export function linkTo(address: string, title: string): Piece {
  const label = shown(title, 100);
  const isWeb = /^https?:\/\/[^\s<>|"]{1,2900}$/.test(address) && URL.canParse(address);
  return isWeb && label !== '' ? { type: 'link', url: address, text: label } : words(title, 100);
}

function dated(time: string, format: string, fallback: (iso: string) => string): Piece {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) return undefined;
  const iso = new Date(milliseconds).toISOString();
  return { type: 'date', timestamp: Math.floor(milliseconds / 1000), format, fallback: `${fallback(iso)} UTC` };
}

/** A time as each reader's own clock and calendar have it. Empty or unreadable: nothing. */
export function when(time: string): Piece {
  return dated(time, '{date_short_pretty} {time}', (iso) => iso.slice(0, 16).replace('T', ' '));
}

/** The same without its day, where that stands before it already. */
export function atWhatTime(time: string): Piece {
  return dated(time, '{time}', (iso) => iso.slice(11, 16));
}

function present(pieces: readonly Piece[]): RichTextElement[] {
  return pieces.filter((piece) => piece !== undefined);
}

/** A paragraph; undefined when there is nothing to say. */
export function line(...pieces: readonly Piece[]): RichTextSection | undefined {
  const elements = present(pieces);
  return elements.length === 0 ? undefined : { type: 'rich_text_section', elements };
}

export function list(
  items: readonly (RichTextSection | undefined)[],
  style: RichTextList['style'] = 'bullet',
): RichTextList | undefined {
  const elements = items.filter((item) => item !== undefined);
  return elements.length === 0 ? undefined : { type: 'rich_text_list', style, elements };
}

export function quote(...pieces: readonly Piece[]): RichTextQuote | undefined {
  const elements = present(pieces);
  return elements.length === 0 ? undefined : { type: 'rich_text_quote', elements };
}

/** Several lines as they are, with letters of one width. */
export function preformatted(text: string, most: number): RichTextPreformatted | undefined {
  const lines = shownLines(text, most);
  return lines === '' ? undefined : { type: 'rich_text_preformatted', elements: [{ type: 'text', text: lines }] };
}

/** Undefined when no element has anything to say: Slack refuses empty ones. */
export function richText(...elements: readonly (RichTextBlockElement | undefined)[]): readonly RichTextBlock[] {
  const said = elements.filter((element) => element !== undefined);
  return said.length === 0 ? [] : [{ type: 'rich_text', elements: said }];
}

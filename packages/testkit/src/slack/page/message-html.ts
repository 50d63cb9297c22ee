import { blocksHtml } from './block-html.ts';
import { dateText } from './date-text.ts';
import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import { mrkdwnHtml } from './mrkdwn-html.ts';
import type { Names } from './names.ts';
import type { Value } from './value.ts';

export interface PageFile {
  readonly name: string;
  readonly title: string;
  /** Of a text file: its first lines are shown. */
  readonly text?: string;
  /** Of a picture. */
  readonly png?: { readonly base64: string; readonly altText: string };
}

/** A message as a page shows it. */
export interface PageMessage {
  readonly ts: string;
  readonly author: { readonly name: string; readonly isApp: boolean };
  readonly text: string;
  readonly blocks?: readonly Value[];
  readonly files?: readonly PageFile[];
  /** Emoji names with who gave them. */
  readonly reactions?: Readonly<Record<string, readonly string[]>>;
  readonly isEdited?: boolean;
  readonly isPinned?: boolean;
  readonly isStreaming?: boolean;
  /** Seen by one person alone. */
  readonly isOnlyForYou?: boolean;
}

function timeOf(ts: string, names: Names): string {
  return dateText(Number(ts), '{time}', names);
}

function fileHtml({ name, title, text = '', png }: PageFile): Html {
  const picture =
    png === undefined
      ? undefined
      : tag('img', { class: 'uploaded', alt: png.altText, src: `data:image/png;base64,${png.base64}` });
  return tag(
    'div',
    { class: 'file', 'data-file': name },
    tag('strong', {}, title === '' ? name : title),
    tag('small', {}, ` ${name}`),
    picture,
    text === '' ? undefined : tag('pre', {}, text.split('\n').slice(0, 8).join('\n')),
  );
}

/** Blocks where there are any; the text alone is for notifications then. */
export function messageHtml(message: PageMessage, names: Names, replies = 0): Html {
  const { ts, author, text, blocks = [], files = [], reactions = {} } = message;
  const notes = [
    ...(message.isPinned === true ? ['📌 Pinned'] : []),
    ...(message.isOnlyForYou === true ? ['👁 Only visible to you'] : []),
  ];
  return tag(
    'article',
    { class: `message${message.isOnlyForYou === true ? ' ephemeral' : ''}`, 'data-ts': ts },
    tag('div', { class: `avatar${author.isApp ? ' app' : ''}` }, [...author.name][0]?.toUpperCase() ?? '?'),
    tag(
      'div',
      { class: 'content' },
      notes.length === 0 ? undefined : tag('div', { class: 'note' }, notes.join(' · ')),
      tag(
        'div',
        { class: 'line' },
        tag('strong', {}, author.name),
        author.isApp ? tag('span', { class: 'app-badge' }, 'APP') : undefined,
        tag('time', {}, timeOf(ts, names)),
      ),
      blocks.length === 0
        ? tag('div', { class: 'text' }, mrkdwnHtml(text, names))
        : blocksHtml(blocks, { message: ts }, names),
      message.isStreaming === true ? tag('span', { class: 'streaming' }, '…') : undefined,
      message.isEdited === true ? tag('small', { class: 'edited' }, ' (edited)') : undefined,
      ...files.map(fileHtml),
      Object.keys(reactions).length === 0
        ? undefined
        : tag(
            'div',
            { class: 'reactions' },
            ...Object.entries(reactions).map(([name, people]) =>
              tag('span', { title: people.join(', ') }, `:${name}: ${people.length}`),
            ),
          ),
      replies === 0
        ? undefined
        : tag('a', { class: 'replies', href: `#thread-${ts}` }, `${replies} ${replies === 1 ? 'reply' : 'replies'}`),
    ),
  );
}

export function messagesHtml(messages: readonly PageMessage[], names: Names): Html {
  return together(...messages.map((message) => messageHtml(message, names)));
}

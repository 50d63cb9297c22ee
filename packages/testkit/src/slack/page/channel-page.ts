import { dateText } from './date-text.ts';
import { tag, together } from './html.ts';
import type { Child, Html } from './html.ts';
import { messageHtml, messagesHtml } from './message-html.ts';
import type { PageMessage } from './message-html.ts';
import type { Names } from './names.ts';
import { pageStyle } from './page-style.ts';
import { homeHtml, modalHtml } from './view-html.ts';
import type { PageView } from './view-html.ts';

export interface PageThread {
  readonly root: PageMessage;
  readonly replies: readonly PageMessage[];
}

/** What one person has before his eyes: a channel, a thread beside it, a modal above it. */
export interface ChannelPage {
  readonly workspace: string;
  readonly channel: { readonly name: string; readonly isPrivate: boolean; readonly topic: string };
  /** Oldest first. */
  readonly threads: readonly PageThread[];
  /** `ts` of the thread that is open beside the channel. */
  readonly openThread?: string;
  readonly modal?: PageView;
  readonly names: Names;
}

function document(title: string, ...body: readonly Child[]): string {
  const head = tag('head', {}, tag('meta', { charset: 'utf-8' }), tag('title', {}, title), {
    html: `<style>${pageStyle}</style>`,
  });
  return `<!doctype html>\n${tag('html', { lang: 'en' }, head, tag('body', {}, ...body)).html}\n`;
}

function threadHtml({ root, replies }: PageThread, channel: string, names: Names): Html {
  return tag(
    'aside',
    { id: `thread-${root.ts}` },
    tag('header', {}, tag('strong', {}, 'Thread'), tag('small', {}, ` ${channel}`)),
    messageHtml(root, names),
    tag('hr'),
    messagesHtml(replies, names),
  );
}

/** A page that needs nothing else: the channel, roughly as a person sees it in Slack. */
export function channelPage({ workspace, channel, threads, openThread, modal, names }: ChannelPage): string {
  const name = `${channel.isPrivate ? '🔒 ' : '#'}${channel.name}`;
  const open = threads.find(({ root }) => root.ts === openThread);
  const days = threads.map(({ root, replies }, index) => {
    const day = (ts: string | undefined): string =>
      ts === undefined ? '' : dateText(Number(ts), '{day_divider_pretty}', names);
    const isNew = day(root.ts) !== day(threads[index - 1]?.root.ts);
    return together(
      isNew ? tag('div', { class: 'note', style: 'text-align:center' }, day(root.ts)) : undefined,
      messageHtml(root, names, replies.length),
    );
  });
  return document(
    `${name} - ${workspace}`,
    tag('nav', {}, tag('strong', {}, workspace), tag('div', {}, name)),
    tag('main', {}, tag('header', {}, tag('strong', {}, name), tag('small', {}, ` ${channel.topic}`)), ...days),
    open === undefined ? undefined : threadHtml(open, name, names),
    modal === undefined ? undefined : modalHtml(modal, names),
  );
}

/** The Home of an app as one person has it. */
export function homePage({
  workspace,
  home,
  modal,
  names,
}: {
  readonly workspace: string;
  readonly home: PageView;
  readonly modal?: PageView;
  readonly names: Names;
}): string {
  return document(
    `${home.app} - ${workspace}`,
    tag('nav', {}, tag('strong', {}, workspace), tag('div', {}, home.app)),
    homeHtml(home, names),
    modal === undefined ? undefined : modalHtml(modal, names),
  );
}

import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { neededText, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Bookmark } from '../state/channels.ts';
import { joinedChannel } from './conversation.ts';

/** https://docs.slack.dev/reference/methods/bookmarks.add#errors: `too_many_bookmarks` */
const most = 100;

const bookmarksOf = (call: InstalledCall): Bookmark[] =>
  joinedChannel(call, neededText(call.args, 'channel_id', 'channel_not_found')).bookmarks;

function checkedLink(link: string): string {
  if (!/^https?:$/.test(URL.canParse(link) ? new URL(link).protocol : '')) throw new SlackError('invalid_link');
  return link;
}

function found(call: InstalledCall): { readonly all: Bookmark[]; readonly index: number; readonly bookmark: Bookmark } {
  const all = bookmarksOf(call);
  const index = all.findIndex(({ id }) => id === textOf(call.args, 'bookmark_id'));
  const bookmark = all[index];
  if (bookmark === undefined) throw new SlackError('not_found');
  return { all, index, bookmark };
}

const add = asInstalled((call) => {
  const all = bookmarksOf(call);
  if (all.length >= most) throw new SlackError('too_many_bookmarks');
  const { ids } = call.world.state;
  const bookmark = {
    id: ids.next('Bk'),
    title: neededText(call.args, 'title'),
    link: checkedLink(textOf(call.args, 'link')),
    emoji: textOf(call.args, 'emoji'),
  };
  all.push(bookmark);
  return { bookmark: { ...bookmark, type: 'link', channel_id: textOf(call.args, 'channel_id') } };
});

const edit = asInstalled((call) => {
  const { all, index, bookmark } = found(call);
  const link = textOf(call.args, 'link');
  const edited = {
    ...bookmark,
    title: textOf(call.args, 'title') || bookmark.title,
    link: link === '' ? bookmark.link : checkedLink(link),
    emoji: textOf(call.args, 'emoji') || bookmark.emoji,
  };
  all[index] = edited;
  return { bookmark: edited };
});

const list = asInstalled((call) => ({ bookmarks: bookmarksOf(call) }));

const remove = asInstalled((call) => {
  const { all, index } = found(call);
  all.splice(index, 1);
  return {};
});

export const bookmarkMethods: Readonly<Record<string, ApiMethod>> = {
  'bookmarks.add': add,
  'bookmarks.edit': edit,
  'bookmarks.list': list,
  'bookmarks.remove': remove,
};

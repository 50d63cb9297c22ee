import { keyType } from './message-metadata.ts';
import { keyedIn, nextPageIn } from './slack-answers.ts';
import type { SlackApi } from './slack-api.ts';
import { SlackFailure } from './slack-failure.ts';
import type { WebCalls } from './web-calls.ts';

/** Messages of one page: Slack recommends no more. */
const page = 200;
/** Slack's clock and ours differ a little; in seconds. */
const clockMargin = 120;
const mostBrokenOff = 1000;

/**
 * Looks for a message page by page, the newest first, down to when it was wanted. A search that Slack's limits break off
 * goes on where it was when it is asked for again, so that it comes to its end however much was said since.
 */
export function postedFinder(calls: Pick<WebCalls, 'call'>): SlackApi['findPosted'] {
  /** The page that comes next, of searches that were broken off. */
  const brokenOff = new Map<string, string>();
  const note = (search: string, cursor: string): void => {
    const [oldest] = brokenOff.keys();
    if (brokenOff.size >= mostBrokenOff && oldest !== undefined) brokenOff.delete(oldest);
    brokenOff.set(search, cursor);
  };
  return async ({ channel, threadTs, key }, since, signal) => {
    const oldest = String(Math.floor(Date.parse(since) / 1000) - clockMargin);
    const args = {
      channel,
      include_all_metadata: true,
      limit: page,
      oldest,
      ...(threadTs === undefined ? {} : { ts: threadTs }),
    };
    const method = threadTs === undefined ? 'conversations.history' : 'conversations.replies';
    const search = JSON.stringify([channel, threadTs, key]);
    let cursor = brokenOff.get(search) ?? '';
    brokenOff.delete(search);
    for (;;) {
      const answer = await calls
        .call(method, { ...args, ...(cursor === '' ? {} : { cursor }) }, { lane: 'incident', channel, signal })
        .catch((error: unknown) => {
          // A cursor that Slack does not know any more begins anew the next time.
          if (cursor !== '' && error instanceof SlackFailure && error.kind !== 'refused') note(search, cursor);
          throw cursor !== '' && error instanceof SlackFailure && error.code === 'invalid_cursor'
            ? new SlackFailure('later', error.code, { cause: error })
            : error;
        });
      const ts = keyedIn(answer, keyType, key);
      if (ts !== undefined) return { channel, ts };
      cursor = nextPageIn(answer);
      if (cursor === '') return undefined;
    }
  };
}

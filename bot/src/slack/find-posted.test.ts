import { expect, it } from 'vitest';
import { postedFinder } from './find-posted.ts';
import { keyType } from './message-metadata.ts';
import { SlackFailure } from './slack-failure.ts';
import type { WebCalls } from './web-calls.ts';

const { signal } = new AbortController();
const since = '2027-01-15T08:00:00.000Z';

type Page = Readonly<Record<string, unknown>>;

function pageOf(keys: readonly string[], next = ''): Page {
  return {
    ok: true,
    messages: keys.map((key, at) => ({
      ts: `${at}.${key}`,
      metadata: { event_type: keyType, event_payload: { key } },
    })),
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

/** Answers each call with the next of these; gives what was asked. */
function answering(...answers: readonly (Page | SlackFailure)[]): {
  readonly find: ReturnType<typeof postedFinder>;
  readonly asked: Page[];
} {
  const left = [...answers];
  const asked: Page[] = [];
  const call = (async (method: string, args: Page) => {
    asked.push({ method, ...args });
    const answer = left.shift();
    if (answer === undefined || answer instanceof SlackFailure) throw answer ?? new Error('nobody expected that');
    return answer;
  }) as unknown as WebCalls['call'];
  return { find: postedFinder({ call }), asked };
}

const place = { channel: 'C1', key: 'wanted' };

it('reads on until it is found', async () => {
  const { find, asked } = answering(pageOf(['a'], 'p2'), pageOf(['b'], 'p3'), pageOf(['c', 'wanted'], 'p4'));
  expect(await find(place, since, signal)).toEqual({ channel: 'C1', ts: '1.wanted' });
  expect(asked.map(({ method, cursor }) => [method, cursor])).toEqual([
    ['conversations.history', undefined],
    ['conversations.history', 'p2'],
    ['conversations.history', 'p3'],
  ]);
});

it('reads what was said since it was wanted, to the end, and says then that it is not there', async () => {
  const { find, asked } = answering(pageOf(['a'], 'p2'), pageOf(['b']));
  expect(await find({ ...place, threadTs: '1.2' }, since, signal)).toBeUndefined();
  expect(asked).toMatchObject([
    { method: 'conversations.replies', ts: '1.2', oldest: String(Date.parse(since) / 1000 - 120) },
    { cursor: 'p2' },
  ]);
});

it('goes on at the page where Slack told it to wait', async () => {
  const limited = new SlackFailure('later', 'ratelimited', { retryAfter: 60_000 });
  const { find, asked } = answering(pageOf(['a'], 'p2'), limited, pageOf(['wanted']));
  await expect(find(place, since, signal)).rejects.toBe(limited);
  expect(await find(place, since, signal)).toMatchObject({ ts: '0.wanted' });
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'p2', 'p2']);
});

it('begins anew where Slack knows the page no more', async () => {
  const { find, asked } = answering(
    pageOf(['a'], 'p2'),
    new SlackFailure('refused', 'invalid_cursor'),
    pageOf(['wanted']),
  );
  await expect(find(place, since, signal)).rejects.toMatchObject({ kind: 'later', code: 'invalid_cursor' });
  expect(await find(place, since, signal)).toMatchObject({ ts: '0.wanted' });
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'p2', undefined]);
});

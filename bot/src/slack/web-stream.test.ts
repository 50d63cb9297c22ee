import { describe, expect, it } from 'vitest';
import { SlackFailure } from './slack-failure.ts';
import type { WebCalls } from './web-calls.ts';
import { usualStreamPace, webStream } from './web-stream.ts';
import type { SlackStream } from './slack-api.ts';

interface Stage {
  readonly stream: SlackStream;
  /** What stands in the thread at the end, message by message. */
  readonly messages: () => readonly string[];
  readonly methods: () => readonly string[];
  at: number;
}

/** A thread of Slack that keeps what is streamed and edited; `fails` may throw for a call. */
function stage(fails: (method: string, nth: number, text: string) => void = () => {}): Stage {
  const messages = new Map<string, string>();
  const methods: string[] = [];
  let next = 0;
  const call: WebCalls['call'] = async (method, args) => {
    methods.push(method);
    const text = String(args['markdown_text'] ?? '');
    fails(method, methods.filter((one) => one === method).length, text);
    const ts = String(args['ts'] ?? `ts${++next}`);
    if (method === 'chat.startStream') messages.set(ts, text);
    if (method === 'chat.appendStream') messages.set(ts, (messages.get(ts) ?? '') + text);
    const [block] = (args['blocks'] ?? []) as readonly { readonly type: string; readonly text?: string }[];
    if ((method === 'chat.update' || method === 'chat.postMessage') && block?.type === 'markdown') {
      messages.set(ts, block.text ?? '');
    }
    return { ok: true, ts, channel: 'C1', message: {} };
  };
  const made: Stage = {
    at: 0,
    messages: () => [...messages.values()],
    methods: () => methods,
    stream: webStream({
      calls: { call, several: async () => await Promise.reject(new Error('not part of this test')) },
      to: { channel: 'C1', threadTs: '1.0', user: 'U1', team: 'T1' },
      signal: new AbortController().signal,
      pace: { ...usualStreamPace, now: () => made.at, wait: async (milliseconds) => void (made.at += milliseconds) },
    }),
  };
  return made;
}

const piece = (letter: string): string => letter.repeat(600);

describe('an answer that grows', () => {
  it('is one stream, however its pieces come', async () => {
    const { stream, messages, methods } = stage();
    await Promise.all(['a', 'b', 'c', 'd'].map(async (letter) => await stream.append(piece(letter))));
    await stream.append('end');
    await stream.stop();
    expect(messages()).toEqual([`${piece('a')}${piece('b')}${piece('c')}${piece('d')}end`]);
    expect(methods().filter((method) => method === 'chat.startStream')).toHaveLength(1);
  });

  it('is continued in the next message before Slack ends it', async () => {
    const scene = stage();
    await scene.stream.append(piece('a'));
    scene.at = 240_000;
    await scene.stream.append(piece('b'));
    await scene.stream.stop();
    expect(scene.messages()).toEqual([piece('a'), piece('b')]);
    expect(scene.methods()).toEqual(['chat.startStream', 'chat.stopStream', 'chat.startStream', 'chat.stopStream']);
  });

  it('of 60,000 characters is whole, in messages of 11,000', async () => {
    const { stream, messages } = stage();
    const text = Array.from({ length: 6000 }, (_value, index) => `${index}`.padStart(9, '.').concat('🙂')).join('');
    for (let from = 0; from < text.length; from += 1000) await stream.append(text.slice(from, from + 1000));
    await stream.stop();
    expect(messages().join('')).toBe(text);
    expect(Math.max(...messages().map((message) => [...message].length))).toBeLessThanOrEqual(11_000);
  });

  it('that Slack ended is edited with its whole text', async () => {
    const { stream, messages } = stage((method, nth) => {
      if (method === 'chat.appendStream' && nth === 1) {
        throw new SlackFailure('refused', 'message_not_in_streaming_state');
      }
    });
    for (const letter of ['a', 'b', 'c']) await stream.append(piece(letter));
    await stream.stop();
    expect(messages()).toEqual([piece('a') + piece('b') + piece('c')]);
  });

  it('whose append got no answer is not told twice', async () => {
    let fell = false;
    const { stream, messages } = stage((method) => {
      if (method !== 'chat.appendStream' || fell) return;
      fell = true;
      throw new SlackFailure('uncertain', 'no_answer');
    });
    for (const letter of ['a', 'b', 'c']) await stream.append(piece(letter));
    await stream.stop();
    expect(messages()).toEqual([piece('a') + piece('b') + piece('c')]);
  });

  it('is posted at its end where no stream may be begun', async () => {
    const { stream, messages, methods } = stage((method) => {
      if (method === 'chat.startStream') throw new SlackFailure('later', 'ratelimited', { retryAfter: 3000 });
    });
    for (const letter of ['a', 'b']) await stream.append(piece(letter));
    await stream.stop();
    expect(messages()).toEqual([piece('a') + piece('b')]);
    expect(methods()).toEqual(['chat.startStream', 'chat.postMessage']);
  });

  it('waits for Slack at its end, and loses nothing', async () => {
    const { stream, messages } = stage((method, nth) => {
      if (method === 'chat.appendStream' && nth <= 2) {
        throw new SlackFailure('later', 'ratelimited', { retryAfter: 2000 });
      }
    });
    for (const letter of ['a', 'b']) await stream.append(piece(letter));
    await stream.stop();
    expect(messages()).toEqual([piece('a') + piece('b')]);
  });

  it('into a channel that is gone says so', async () => {
    const { stream } = stage(() => {
      throw new SlackFailure('refused', 'channel_not_found');
    });
    await expect(stream.append(piece('a'))).rejects.toThrow('channel_not_found');
    await expect(stream.stop()).rejects.toThrow('channel_not_found');
  });
});

describe('an answer with a key is found by it', () => {
  async function marked(startFails: boolean, pieces: number): Promise<readonly [string, string][]> {
    const keyed: [string, string][] = [];
    let at = 0;
    let next = 0;
    const call: WebCalls['call'] = async (method, args) => {
      if (startFails && method === 'chat.startStream') throw new SlackFailure('later', 'ratelimited');
      if (args['metadata'] !== undefined) keyed.push([method, JSON.stringify(args['metadata'])]);
      return { ok: true, ts: String(args['ts'] ?? `ts${++next}`), channel: 'C1', message: {} };
    };
    const stream = webStream({
      calls: { call, several: async () => await Promise.reject(new Error('not part of this test')) },
      to: { channel: 'C1', threadTs: '1.0', user: 'U1', team: 'T1', key: 'acme/answer/Ev1' },
      signal: new AbortController().signal,
      pace: { ...usualStreamPace, now: () => at, wait: async (milliseconds) => void (at += milliseconds) },
    });
    for (let count = 0; count < pieces; count += 1) {
      await stream.append(piece('a'));
      at += usualStreamPace.longest;
    }
    await stream.stop();
    return keyed;
  }
  const metadata = JSON.stringify({ event_type: 'autodevops_message', event_payload: { key: 'acme/answer/Ev1' } });

  it('once it has ended, and not before', async () => {
    expect(await marked(false, 3)).toEqual([['chat.stopStream', metadata]]);
  });

  it('where it was posted instead', async () => {
    expect(await marked(true, 1)).toEqual([['chat.postMessage', metadata]]);
  });
});

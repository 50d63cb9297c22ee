import type { KnownBlock } from '@slack/types';
import { postedIn } from './slack-answers.ts';
import type { MessageRef, SlackMessage, SlackStream } from './slack-api.ts';
import { SlackFailure } from './slack-failure.ts';
import { messageMetadata } from './message-metadata.ts';
import type { WebCalls } from './web-calls.ts';

export interface StreamPace {
  /** Characters after which what waits is sent. */
  readonly flushAt: number;
  /** Milliseconds after which it is sent all the same. */
  readonly flushAfter: number;
  /** Milliseconds that one message is streamed: Slack ends a stream after about five minutes. */
  readonly longest: number;
  /** Characters of one message: Slack takes 12,000. */
  readonly mostCharacters: number;
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const usualStreamPace: Omit<StreamPace, 'now' | 'wait'> = {
  flushAt: 512,
  flushAfter: 1000,
  longest: 240_000,
  mostCharacters: 11_000,
};

export interface StreamChoice {
  readonly calls: WebCalls;
  readonly to: {
    readonly channel: string;
    readonly threadTs: string;
    readonly user: string;
    readonly team: string;
    readonly key?: string;
  };
  readonly signal: AbortSignal;
  readonly pace: StreamPace;
}

/** One message of the answer. `held`: nothing of it stands in Slack yet, since no stream could be begun. */
interface Piece {
  readonly mode: 'streamed' | 'edited' | 'held';
  readonly ts: string;
  readonly text: string;
  readonly since: number;
}

/** Milliseconds between two edits of a message. */
const betweenEdits = 1200;
/** Failures that pass are waited for so often at the end. */
const lastAttempts = 20;

/** Counts and cuts whole characters, never half of one. */
function cut(text: string, most: number): readonly [string, string] {
  const all = [...text];
  return [all.slice(0, most).join(''), all.slice(most).join('')];
}

function shown(text: string, last: Partial<SlackMessage> | undefined): Readonly<Record<string, unknown>> {
  const blocks: readonly KnownBlock[] = [{ type: 'markdown', text }, ...(last?.blocks ?? [])];
  return { text: `${cut(text, 3000)[0]}\n${last?.text ?? ''}`.trimEnd(), blocks };
}

function kindOf(error: unknown): 'later' | 'ended' | 'uncertain' | 'refused' {
  if (!(error instanceof SlackFailure)) return 'refused';
  if (error.code === 'message_not_in_streaming_state' || error.code === 'streaming_state_conflict') return 'ended';
  return error.kind;
}

/** How a piece ends: with what stands beneath the answer, where the answer ends with it. */
interface Ending {
  readonly last?: Partial<SlackMessage>;
  readonly isWhole: boolean;
}

const growing: Ending = { isWhole: false };

/** The calls for one piece: each gives the piece as it then is. */
function pieceCalls({ calls, to, signal, pace }: StreamChoice) {
  const place = { lane: 'stream', channel: to.channel, signal } as const;
  const at = (ts: string): Readonly<Record<string, unknown>> => ({ channel: to.channel, ts });
  const begun = async (text: string): Promise<Piece> => {
    const answer = await calls.call(
      'chat.startStream',
      {
        channel: to.channel,
        thread_ts: to.threadTs,
        recipient_user_id: to.user,
        recipient_team_id: to.team,
        markdown_text: text,
      },
      place,
    );
    return { mode: 'streamed', ts: String(answer['ts']), text, since: pace.now() };
  };
  /** What it is found again by, once all of it stands. */
  const mark = ({ isWhole }: Ending): Readonly<Record<string, unknown>> =>
    isWhole && to.key !== undefined ? { metadata: messageMetadata(to.key) } : {};
  const edit = async (piece: Piece, ending: Ending = growing): Promise<void> =>
    void (await calls.call(
      'chat.update',
      { ...at(piece.ts), ...shown(piece.text, ending.last), ...mark(ending) },
      place,
    ));
  return {
    begun,
    edit,
    posted: async (text: string, ending: Ending): Promise<Piece> => {
      const answer = await calls.call(
        'chat.postMessage',
        {
          channel: to.channel,
          thread_ts: to.threadTs,
          unfurl_links: false,
          unfurl_media: false,
          ...shown(text, ending.last),
          ...mark(ending),
        },
        place,
      );
      return { mode: 'edited', ts: postedIn(answer).ts, text, since: pace.now() };
    },
    append: async (piece: Piece, text: string): Promise<Piece> => {
      await calls.call('chat.appendStream', { ...at(piece.ts), markdown_text: text }, place);
      return { ...piece, text: piece.text + text };
    },
    end: async (piece: Piece, ending: Ending = growing): Promise<void> =>
      void (await calls.call(
        'chat.stopStream',
        {
          ...at(piece.ts),
          ...(ending.last?.blocks === undefined ? {} : { blocks: ending.last.blocks }),
          ...mark(ending),
        },
        place,
      )),
  };
}

/** What is being told, piece by piece; used by one caller at a time. */
class Telling {
  readonly #does: ReturnType<typeof pieceCalls>;
  readonly #pace: StreamPace;
  #piece: Piece | undefined;
  #lastEdit = 0;
  waiting = '';

  constructor(choice: StreamChoice) {
    this.#does = pieceCalls(choice);
    this.#pace = choice.pace;
  }

  get ts(): string {
    return this.#piece?.ts ?? '';
  }

  get isEmpty(): boolean {
    return this.waiting === '' && this.#piece === undefined;
  }

  /** Sends what waits, as far as it may be sent now. */
  async flush(): Promise<void> {
    while (this.waiting !== '') {
      const room = await this.#room();
      const [now, rest] = cut(this.waiting, room);
      this.waiting = rest;
      const isSent = this.#piece === undefined ? await this.#begin(now) : await this.#grow(this.#piece, now);
      if (isSent) continue;
      this.waiting = now + this.waiting;
      return;
    }
  }

  /** The message does not grow any more. */
  async finish(ending: Ending): Promise<void> {
    const piece = this.#piece;
    if (piece?.mode === 'held') this.#piece = await this.#does.posted(piece.text, ending);
    else if (piece?.mode === 'edited') await this.#does.edit(piece, ending);
    else if (piece !== undefined) await this.#endStream(piece, ending);
  }

  async #endStream(piece: Piece, ending: Ending): Promise<void> {
    try {
      await this.#does.end(piece, ending);
    } catch (error) {
      if (kindOf(error) === 'later' || kindOf(error) === 'refused') throw error;
      this.#piece = { ...piece, mode: 'edited' };
      await this.#does.edit(this.#piece, ending);
    }
  }

  /** Characters that go into the present message; one that is full or old is ended before. */
  async #room(): Promise<number> {
    const piece = this.#piece;
    if (piece === undefined) return this.#pace.mostCharacters;
    const left = this.#pace.mostCharacters - [...piece.text].length;
    const isOld = piece.mode === 'streamed' && this.#pace.now() - piece.since >= this.#pace.longest;
    if (left > 0 && !isOld) return left;
    await this.finish(growing);
    this.#piece = undefined;
    return this.#pace.mostCharacters;
  }

  async #begin(text: string): Promise<boolean> {
    try {
      this.#piece = await this.#does.begun(text);
    } catch (error) {
      if (kindOf(error) === 'refused') throw error;
      this.#piece = { mode: 'held', ts: '', text, since: this.#pace.now() };
    }
    return true;
  }

  async #grow(old: Piece, text: string): Promise<boolean> {
    const grown = { ...old, text: old.text + text };
    if (old.mode !== 'streamed') {
      this.#piece = grown;
      if (old.mode === 'edited' && this.#pace.now() - this.#lastEdit >= betweenEdits) await this.#edit(grown);
      return true;
    }
    try {
      this.#piece = await this.#does.append(old, text);
    } catch (error) {
      const kind = kindOf(error);
      if (kind === 'later') return false;
      if (kind === 'refused') throw error;
      await this.#rewrite(grown);
    }
    return true;
  }

  /** The whole text again, which is right whatever was there before. */
  async #rewrite(grown: Piece): Promise<void> {
    this.#piece = { ...grown, mode: 'edited' };
    await this.#does.end(grown).catch(() => {});
    await this.#edit(this.#piece);
  }

  /** One that fails in passing is made good by the next, or by the last. */
  async #edit(piece: Piece): Promise<void> {
    this.#lastEdit = this.#pace.now();
    await this.#does.edit(piece).catch((error: unknown) => {
      if (kindOf(error) === 'refused') throw error;
    });
  }
}

async function patiently({ pace, signal }: StreamChoice, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (kindOf(error) !== 'later' || attempt >= lastAttempts || signal.aborted) throw error;
      await pace.wait((error instanceof SlackFailure ? error.retryAfter : undefined) ?? 1000, signal);
    }
  }
}

/**
 * An answer that grows in place. Appends go out one after the other, gathered; a piece that is long or old is ended and
 * continued beneath; a stream that Slack ended is edited with its whole text, and where none may be begun the answer is
 * posted at its end.
 */
export function webStream(choice: StreamChoice): SlackStream {
  const { pace, to } = choice;
  const telling = new Telling(choice);
  let timer: NodeJS.Timeout | undefined;
  let queue: Promise<void> = Promise.resolve();
  let failure: unknown;
  const queued = async (work: () => Promise<void>): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    queue = queue
      .then(async () => {
        if (failure === undefined) await work();
      })
      .catch((error: unknown) => {
        failure ??= error;
      });
    await queue;
    if (failure !== undefined) throw failure;
  };
  const flush = async (): Promise<void> => await telling.flush();
  const flushAll = async (): Promise<void> => {
    await telling.flush();
    if (telling.waiting !== '') throw new SlackFailure('later', 'ratelimited');
  };
  return {
    append: async (markdown) => {
      if (failure !== undefined) throw failure;
      telling.waiting += markdown;
      if (telling.waiting.length >= pace.flushAt) return await queued(flush);
      timer ??= setTimeout(() => void queued(flush).catch(() => {}), pace.flushAfter);
    },
    stop: async (last) => {
      await queued(async () => {
        if (telling.isEmpty) telling.waiting = last?.text ?? '…';
        await patiently(choice, flushAll);
        await patiently(
          choice,
          async () => await telling.finish({ ...(last === undefined ? {} : { last }), isWhole: true }),
        );
      });
      return { channel: to.channel, ts: telling.ts } satisfies MessageRef;
    },
  };
}

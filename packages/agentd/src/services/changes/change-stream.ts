import { isFinal } from '@autodevops/agent-core/changes/journal/change-state';
import { readChange } from '@autodevops/agent-core/changes/journal/journal';
import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { OutboxEvent, Store } from '@autodevops/domain/ports/store';
import type { StreamItem } from '../../contract/handlers.ts';
import type { OutboxNews } from './outbox-news.ts';

/** The change as it stands, again whenever its journal has grown, until it is final. Ids are lengths of the journal. */
export async function* changeEvents(
  id: string,
  {
    store,
    news,
    signal,
    lastId,
  }: {
    readonly store: Pick<Store, 'changes'>;
    readonly news: OutboxNews;
    readonly signal: AbortSignal;
    readonly lastId: string | undefined;
  },
): AsyncGenerator<StreamItem<Change>> {
  for (let known = Number(lastId ?? '0') || 0; ;) {
    const since = news.version();
    const { change } = await readChange(store.changes, id);
    if (change.sequence > known) yield { id: String(change.sequence), event: change };
    known = Math.max(known, change.sequence);
    if (isFinal(change.state)) return;
    await news.changed(since, signal);
  }
}

/**
 * Who was away for longer than events are kept has missed some, and is told so; so is he whose cursor is of a journal that
 * was begun anew since. A cursor of 0 asks for all there is.
 */
async function requireKept(after: number, outbox: Store['outbox']): Promise<void> {
  if (after === 0) return;
  const [oldest, head] = await Promise.all([outbox.oldest(), outbox.head()]);
  const look = 'Look at what stands now, then follow without a cursor.';
  if (after < oldest - 1) {
    throw new AutoDevOpsError(
      'object.not-found',
      `Events after ${after} are no longer kept: the oldest is ${oldest}.`,
      look,
    );
  }
  if (after > head) {
    throw new AutoDevOpsError('object.not-found', `There was no event ${after}: the newest is ${head}.`, look);
  }
}

/** Everything that happens, from a cursor on, for ever. Without one: from now on. Throws `object.not-found` where events were missed. */
export async function* outboxEvents(
  after: number | undefined,
  {
    store,
    news,
    signal,
  }: { readonly store: Pick<Store, 'outbox'>; readonly news: OutboxNews; readonly signal: AbortSignal },
): AsyncGenerator<StreamItem<OutboxEvent>> {
  if (after !== undefined) await requireKept(after, store.outbox);
  let cursor = after ?? (await store.outbox.head());
  while (!signal.aborted) {
    const since = news.version();
    for (const event of await store.outbox.after(cursor, 100)) {
      cursor = event.cursor;
      yield { id: String(cursor), event };
    }
    await news.changed(since, signal);
  }
}

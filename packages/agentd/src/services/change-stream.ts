import { isFinal } from '@autodevops/agent-core/changes/change-state';
import { readChange } from '@autodevops/agent-core/changes/journal';
import type { Change } from '@autodevops/domain/change/change';
import type { OutboxEvent, Store } from '@autodevops/domain/ports/store';
import type { StreamItem } from '../contract/handlers.ts';

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const beat = 300;

/** The change as it stands, again whenever its journal has grown, until it is final. Ids are lengths of the journal. */
export async function* changeEvents(id: string, { store, wait, signal, lastId }: { readonly store: Pick<Store, 'changes'>; readonly wait: Wait; readonly signal: AbortSignal; readonly lastId: string | undefined }): AsyncGenerator<StreamItem<Change>> {
  for (let known = Number(lastId ?? '0') || 0; ;) {
    const { change } = await readChange(store.changes, id);
    if (change.sequence > known) yield { id: String(change.sequence), event: change };
    known = Math.max(known, change.sequence);
    if (isFinal(change.state)) return;
    await wait(beat, signal);
  }
}

/** Everything that happens, from a cursor on, for ever. Without one: from now on. */
export async function* outboxEvents(after: number | undefined, { store, wait, signal }: { readonly store: Pick<Store, 'outbox'>; readonly wait: Wait; readonly signal: AbortSignal }): AsyncGenerator<StreamItem<OutboxEvent>> {
  let cursor = after ?? (await store.outbox.head());
  while (!signal.aborted) {
    for (const event of await store.outbox.after(cursor, 100)) {
      cursor = event.cursor;
      yield { id: String(cursor), event };
    }
    await wait(beat, signal);
  }
}

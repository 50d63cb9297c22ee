import type { Store } from '@autodevops/domain/ports/store';
import {
  auditEntry,
  incidentOpened,
  memory,
  newTurn,
  oddTexts,
  outboxEvent,
  proposed,
  verificationBegan,
  verified,
} from '@autodevops/testkit/store-conformance-samples';

/** Puts something of everything into a store, odd text in all of it. */
export async function fillStore(store: Store): Promise<void> {
  const texts = oddTexts.filter((text) => text !== '');
  for (const [at, text] of texts.entries()) {
    await store.changes.append({
      id: text,
      after: 0,
      events: [proposed(`k-${text}`)],
      audit: [auditEntry(text, { says: text })],
      outbox: [outboxEvent(text)],
    });
    if (at % 2 === 0) {
      await store.changes.append({
        id: text,
        after: 1,
        events: [verificationBegan, verified],
        audit: [auditEntry(text)],
        outbox: [],
      });
    }
    await store.memory.put(
      memory(text, `${text} word`, { thread: text, data: { [`key ${text}`]: [text, null, 0.1] } }),
    );
    await store.settings.put(text, { text }, []);
    await store.conversations.begin({
      id: text,
      owners: [text],
      workspace: text,
      title: text.slice(0, 100),
      time: text,
    });
    for (const key of ['a', 'b']) {
      await store.conversations.append(text, [text], newTurn(key, { question: text, lines: [text] }));
    }
    await store.people.put({ id: text, name: text, accounts: [text], roles: [] }, auditEntry(text, { code: 'PPL001' }));
  }
  await store.incidents.append({
    id: 'inc-1',
    after: 0,
    events: [incidentOpened('k-inc-1')],
    audit: [],
    outbox: [outboxEvent('inc-1', 'incident.opened')],
  });
  await store.memory.put(memory(texts[0] ?? '', 'put again, so that it comes last'));
  const held = await store.leases.acquire('lease', 'me', 60_000);
  if (held !== undefined) await store.leases.release(held);
  await store.leases.acquire('lease', 'you', 60_000);
}

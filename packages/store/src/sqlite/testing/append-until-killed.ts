// append-until-killed.ts FILE: appends to journals for ever and says of each append, once it is answered for, ID COUNT.
import { auditEntry, outboxEvent, proposed, verificationBegan } from '@autodevops/testkit/store-conformance-samples';
import { openSqliteStore } from '../sqlite-store.ts';

const store = await openSqliteStore({ file: process.argv[2] ?? '' });

async function appendTo(id: string): Promise<void> {
  for (let after = 0; ; after += 1) {
    await store.changes.append({
      id,
      after,
      events: [after === 0 ? proposed(id) : verificationBegan],
      audit: [auditEntry(id)],
      outbox: [outboxEvent(id)],
    });
    process.stdout.write(`${id} ${after + 1}\n`);
  }
}

await Promise.all(['a', 'b', 'c'].map(appendTo));

import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { Person, withAccount, withoutAccount } from '@autodevops/domain/change/person';
import type { People } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { accountTaken } from '../refusals.ts';
import { parsePerson, requireShape } from '../stored-json.ts';
import { toStored } from '../stored-text.ts';
import { appendAudit } from './sqlite-audit-log.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { text } from './statements.ts';
import type { Statements } from './statements.ts';

/** Within the caller's transaction. Throws `store.conflict`. */
export function putPerson(db: Statements, person: Person): void {
  const id = toStored(person.id);
  for (const account of person.accounts) {
    if (
      db.get('SELECT 1 AS taken FROM account WHERE account = ? AND person <> ?', toStored(account), id) !== undefined
    ) {
      throw accountTaken(account);
    }
  }
  db.run(
    'INSERT INTO person (id, person) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET person = excluded.person',
    id,
    JSON.stringify(requireShape(Person, 'A person', person)),
  );
  db.run('DELETE FROM account WHERE person = ?', id);
  for (const account of new Set(person.accounts)) {
    db.run('INSERT INTO account (account, person) VALUES (?, ?)', toStored(account), id);
  }
}

/** Writes what becomes of a person, if it is any, with its entry. */
async function rewritten(
  connection: SqliteConnection,
  id: string,
  audit: AuditEntry,
  next: (person: Person) => Person | undefined,
): Promise<Person | undefined> {
  const texts = entryTexts([audit]);
  return await connection.write((db) => {
    const row = db.get('SELECT person FROM person WHERE id = ?', toStored(id));
    const changed = row === undefined ? undefined : next(parsePerson(text(row, 'person')));
    if (changed === undefined) return undefined;
    putPerson(db, changed);
    appendAudit(db, texts);
    return changed;
  });
}

export function sqlitePeople(connection: SqliteConnection): People {
  return {
    list: async () =>
      (await connection.read((db) => db.all('SELECT person FROM person ORDER BY id'))).map((row) =>
        parsePerson(text(row, 'person')),
      ),
    byAccount: async (account) => {
      const row = await connection.read((db) =>
        db.get(
          'SELECT p.person FROM account a JOIN person p ON p.id = a.person WHERE a.account = ?',
          toStored(account),
        ),
      );
      return row === undefined ? undefined : parsePerson(text(row, 'person'));
    },
    put: async (person, audit) => {
      const texts = entryTexts([audit]);
      await connection.write((db) => {
        putPerson(db, person);
        appendAudit(db, texts);
      });
    },
    link: async (id, account, audit) =>
      await rewritten(connection, id, audit, (person) => withAccount(person, account)),
    unlink: async (id, account, audit) =>
      await rewritten(connection, id, audit, (person) =>
        person.accounts.includes(account) ? withoutAccount(person, account) : undefined,
      ),
    remove: async (id, audit) => {
      const texts = entryTexts([audit]);
      await connection.write((db) => {
        db.run('DELETE FROM person WHERE id = ?', toStored(id));
        appendAudit(db, texts);
      });
    },
  };
}

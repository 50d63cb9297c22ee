import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { Person, withAccount, withoutAccount } from '@autodevops/domain/change/person';
import type { People } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { accountTaken } from '../refusals.ts';
import { parsePerson, requireShape } from '../stored-json.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { PostgresConnection, Query } from './postgres-connection.ts';

const putPerson = `
INSERT INTO autodevops.person (customer, id, person) VALUES (current_setting('app.customer'), $1, $2)
ON CONFLICT (customer, id) DO UPDATE SET person = excluded.person`;
const putAccounts =
  "INSERT INTO autodevops.account (customer, account, person) SELECT DISTINCT current_setting('app.customer'), a, $2 FROM unnest($1::text[]) AS a";

/** Within the caller's transaction. Throws `store.conflict`. */
export async function putPersonRow(query: Query, person: Person): Promise<void> {
  const [id, accounts] = [toStored(person.id), person.accounts.map(toStored)];
  const [taken] = await query(
    'SELECT account FROM autodevops.account WHERE account = ANY ($1) AND person <> $2 LIMIT 1',
    accounts,
    id,
  );
  if (taken !== undefined) throw accountTaken(fromStored(String(taken['account'])));
  await query(putPerson, id, JSON.stringify(requireShape(Person, 'A person', person)));
  await query('DELETE FROM autodevops.account WHERE person = $1', id);
  await query(putAccounts, accounts, id);
}

/** Writes what becomes of a person, if it is any, with its entry. A write is alone for its customer. */
async function rewritten(
  connection: PostgresConnection,
  id: string,
  audit: AuditEntry,
  next: (person: Person) => Person | undefined,
): Promise<Person | undefined> {
  const texts = entryTexts([audit]);
  return await connection.write(async (query) => {
    const [row] = await query('SELECT person FROM autodevops.person WHERE id = $1', toStored(id));
    const changed = row === undefined ? undefined : next(parsePerson(String(row['person'])));
    if (changed === undefined) return undefined;
    await putPersonRow(query, changed);
    await query('SELECT autodevops.append_audit($1)', texts);
    return changed;
  });
}

export function postgresPeople(connection: PostgresConnection): People {
  return {
    list: async () =>
      (await connection.read((query) => query('SELECT person FROM autodevops.person ORDER BY id'))).map((row) =>
        parsePerson(String(row['person'])),
      ),
    byAccount: async (account) => {
      const [row] = await connection.read((query) =>
        query(
          'SELECT p.person FROM autodevops.account a JOIN autodevops.person p ON p.id = a.person WHERE a.account = $1',
          toStored(account),
        ),
      );
      return row === undefined ? undefined : parsePerson(String(row['person']));
    },
    put: async (person, audit) => {
      const texts = entryTexts([audit]);
      await connection.write(async (query) => {
        await putPersonRow(query, person);
        await query('SELECT autodevops.append_audit($1)', texts);
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
      await connection.write(async (query) => {
        await query('DELETE FROM autodevops.account WHERE person = $1', toStored(id));
        await query('DELETE FROM autodevops.person WHERE id = $1', toStored(id));
        await query('SELECT autodevops.append_audit($1)', texts);
      });
    },
  };
}

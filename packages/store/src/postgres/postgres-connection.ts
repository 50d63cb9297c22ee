import { Pool } from 'pg';
import type { ClientConfig, PoolClient } from 'pg';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { toStored } from '../stored-text.ts';
import { mayReadAgain, postgresFault } from './postgres-fault.ts';

type SqlScalar = string | number | boolean | null;
export type SqlParameter = SqlScalar | readonly SqlScalar[];
export type PostgresRow = Readonly<Record<string, unknown>>;

/** Runs SQL on the connection of one transaction. Text is always a parameter, never written into the statement. */
export type Query = (sql: string, ...values: readonly SqlParameter[]) => Promise<readonly PostgresRow[]>;

/** How to reach a database: a URL or its parts. A password may come from a function, asked at every connection. */
export interface PostgresAddress {
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string | (() => string | Promise<string>);
  readonly ssl?:
    | boolean
    | { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly rejectUnauthorized?: boolean };
}

/** The connections of one customer. Every statement runs in a transaction that names the customer, for itself alone. */
export interface PostgresConnection {
  /** A transaction that only reads. Done again once if the connection broke: a pool learns late that a server went. */
  read<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** A transaction that only reads, and sees one moment for as long as it lasts. */
  snapshot<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** A transaction that alone writes for this customer while it lasts. */
  write<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** One statement that is a transaction of its own and names the customer itself: `$1`. */
  once(sql: string, ...values: readonly SqlParameter[]): Promise<readonly PostgresRow[]>;
  /** One statement that is a transaction of its own, where rows are not kept apart by customer. */
  alone(sql: string, ...values: readonly SqlParameter[]): Promise<readonly PostgresRow[]>;
  /** So is this, and it only reads: done again once if the connection broke. */
  look(sql: string, ...values: readonly SqlParameter[]): Promise<readonly PostgresRow[]>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly address: PostgresAddress;
  readonly customer: string;
  readonly poolSize: number;
  /** Whose function `begin_writing` begins a transaction that writes. */
  readonly schema?: string;
}

/** In milliseconds: until there is a connection, and until a statement has its answer. */
const connectWithin = 5000;
const answerWithin = 15_000;

/** What this process calls itself in pg_stat_activity. */
const application = 'autodevops';

export function clientConfig(address: PostgresAddress): ClientConfig {
  return {
    ...(address as ClientConfig),
    application_name: application,
    connectionTimeoutMillis: connectWithin,
    query_timeout: answerWithin,
    keepAlive: true,
  };
}

const nameCustomer = "SELECT set_config('app.customer', $1, true)";

function openPool(address: PostgresAddress, poolSize: number): Pool {
  const pool = new Pool({ ...clientConfig(address), max: poolSize, idleTimeoutMillis: 30_000 });
  // An idle connection that breaks is an 'error' event, and one without a listener ends the process. The pool drops
  // such a connection by itself; who waits for an answer on it gets the error there.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

function queryOn(client: PoolClient): Query {
  return async (sql, ...values) => (await client.query<PostgresRow>(sql, [...values])).rows;
}

/** A pool learns late that a server went: what only reads is done again once. */
function twice<T>(attempt: () => Promise<T>): Promise<T> {
  return attempt().catch((error: unknown) => {
    if (mayReadAgain(error)) return attempt();
    throw error;
  });
}

export function postgresConnection({
  address,
  customer,
  poolSize,
  schema = 'autodevops',
}: ConnectionOptions): PostgresConnection {
  const pool = openPool(address, poolSize);
  const whose = toStored(customer);
  let open = true;

  async function transaction<T>(begin: string, enter: string, work: (query: Query) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const query = queryOn(client);
      await query(begin);
      await query(enter, whose);
      const result = await work(query);
      await query('COMMIT');
      return result;
    } catch (error) {
      // A connection that does not answer a rollback is not given to anybody else.
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const run: Query = async (sql, ...values) => (await pool.query<PostgresRow>(sql, [...values])).rows;

  async function guarded<T>(writing: boolean, work: () => Promise<T>): Promise<T> {
    if (!open) throw new AutoDevOpsError('store.unavailable', 'The store is closed.', 'Open it again.');
    try {
      return await work();
    } catch (error) {
      throw postgresFault(error, writing);
    }
  }

  return {
    snapshot: (work) =>
      guarded(false, () => transaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', nameCustomer, work)),
    read: (work) => guarded(false, () => twice(() => transaction('BEGIN READ ONLY', nameCustomer, work))),
    write: (work) => guarded(true, () => transaction('BEGIN', `SELECT ${schema}.begin_writing($1)`, work)),
    once: (sql, ...values) => guarded(true, () => run(sql, whose, ...values)),
    alone: (sql, ...values) => guarded(true, () => run(sql, ...values)),
    look: (sql, ...values) => guarded(false, () => twice(() => run(sql, ...values))),
    close: async () => {
      if (!open) return;
      open = false;
      await pool.end();
    },
  };
}

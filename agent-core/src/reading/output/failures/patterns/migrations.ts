import type { FailurePattern } from '../failure-pattern.ts';

/** About the schema of a database, and who changes it. */
export const ofMigrations: readonly FailurePattern[] = [
  // Liquibase, Flyway, knex, Prisma, golang-migrate, Rails, Alembic, Django, sqlx: about what they did to the
  // database before.
  {
    kind: 'migration-locked',
    any: [
      'waiting for changelog lock',
      'could not acquire change log lock',
      'migration table is already locked',
      "can't acquire database lock",
      'another migration process is currently running',
      'trying to acquire a postgres advisory lock',
      'unable to acquire flyway advisory lock',
      'unable to acquire mysql named lock',
      'while attempting to acquire postgresql advisory lock',
    ],
  },
  {
    kind: 'operation-locked',
    any: [
      'error acquiring the state lock',
      'the stack is currently locked by',
      'another operation (install/upgrade/rollback) is in progress',
      'could not get lock /var/lib/',
      'terraform lock',
    ],
  },
  {
    kind: 'migration-failed',
    any: [
      'failed migrations in the target database',
      'dirty database version',
      'detected failed migration to version',
      'contains a failed migration',
    ],
  },
  {
    kind: 'migration-failed',
    any: ['` migration started at'],
    with: [' failed'],
  },
  {
    kind: 'migration-history',
    any: [
      'migration checksum mismatch',
      'change sets check sum',
      "can't locate revision identified by",
      'applied migration not resolved locally',
      'no migration found for version',
      'inconsistentmigrationhistory',
      'multiple head revisions are present',
      'conflicting migrations detected',
      'was modified after it was applied',
      'no migration with version number',
      'the migration directory is corrupt',
      'was previously applied but is missing',
      'was previously applied but has been modified',
    ],
  },
  {
    kind: 'schema',
    any: [
      'migrations are pending',
      'schema-validation: ',
      'unapplied migrations',
      'database needs bootstrapping',
      'need to initialize the database',
      'pendingmigrationerror',
      'resolved migration not applied',
      'target database is not up to date',
      'schema is not up to date',
      'pending model changes',
      'pendingmodelchangeswarning',
      'database schema is out of date',
      'undefinedtable',
      'undefinedcolumn',
      'no such table',
      'no such column',
      'unknown column',
      'invalid object name',
      'er_no_such_table',
      'er_bad_field_error',
      'sqlstate 42p01',
      'sqlstate 42703',
    ],
    without: ['duplicate'],
  },
  {
    kind: 'schema',
    any: ['relation "', 'relation \\"', 'column "', 'column \\"', "table '", 'schema "'],
    with: ['does not exist', "doesn't exist"],
  },
  {
    kind: 'schema',
    any: ['schema version', 'database version', 'migration version'],
    with: ['does not match', 'mismatch', 'expected', 'outdated', 'too old', 'behind'],
  },
  {
    kind: 'database-missing',
    any: ['unknown database', 'cannot open database "', 'er_bad_db_error'],
  },
];

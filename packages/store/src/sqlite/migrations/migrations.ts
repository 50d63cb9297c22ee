import type { Migration } from '../../migration.ts';
import { conversationTables } from './conversation-tables.ts';
import { firstTables } from './first-tables.ts';
import { spentIds } from './spent-ids.ts';

export const sqliteMigrations: readonly Migration[] = [
  { number: 1, name: 'first-tables', sql: firstTables },
  { number: 2, name: 'conversation-tables', sql: conversationTables },
  { number: 3, name: 'spent-ids', sql: spentIds },
];

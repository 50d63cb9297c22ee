import type { Migration } from '../migration.ts';
import { conversationTables } from './conversation-tables.ts';
import { firstFunctions } from './first-functions.ts';
import { firstTables } from './first-tables.ts';
import { spentIds } from './spent-ids.ts';

export const postgresMigrations: readonly Migration[] = [
  { number: 1, name: 'first-tables', sql: firstTables + firstFunctions },
  { number: 2, name: 'conversation-tables', sql: conversationTables },
  { number: 3, name: 'spent-ids', sql: spentIds },
];

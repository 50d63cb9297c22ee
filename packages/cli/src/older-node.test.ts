import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { addWhatOlderNodeLacks } from './older-node.ts';

const native = Map.groupBy;
afterEach(() => {
  Object.defineProperty(Map, 'groupBy', { value: native, configurable: true, writable: true });
});

it('groups as newer Nodes do', () => {
  const words = ['a', 'bb', 'c', 'dd'];
  const expected = Map.groupBy(words, (word) => word.length);
  Reflect.deleteProperty(Map, 'groupBy');
  addWhatOlderNodeLacks();
  expect(Map.groupBy).not.toBe(native);
  expect(Map.groupBy(words, (word) => word.length)).toEqual(expected);
});

it('leaves newer Nodes alone', () => {
  addWhatOlderNodeLacks();
  expect(Map.groupBy).toBe(native);
});

/** What came with Node 22 and is not added here: https://node.green */
const newer =
  /Object\.groupBy\(|Promise\.withResolvers|Promise\.try\(|Array\.fromAsync|Iterator\.from|RegExp\.escape|(?<!\bz\s*)\.(?:union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(|\.(?:keys|values|entries)\(\)\s*\.(?:map|filter|toArray|some|find|flatMap|reduce|take|drop|every)\(/;

it('nothing that the command line is built from needs more than that', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folders = [
    'agent-core/src',
    'packages/domain/src',
    'packages/kube/src',
    'packages/bundles/src',
    'packages/agentd/src/client',
    'packages/agentd/src/contract',
    'packages/cli/src',
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !/\.test\.ts$|[\\/]testing[\\/]/.test(file));
  expect(sources.filter((file) => newer.test(readFileSync(file, 'utf8')))).toEqual([]);
});

/** A command that asks an agent, which may be one inside of this process, or opens what an agent keeps. */
const needsJournal = /\bwithAgent\(|\.(?:agents|keeping|slack)\(\)|\.local\(/;

it('every command that may keep a journal is known to the program that chooses a Node', () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const [, known = ''] =
    /const journalCommands = \[([^\]]+)\]/.exec(readFileSync(join(here, '../bin/autodevops.mjs'), 'utf8')) ?? [];
  const groups = readdirSync(join(here, 'commands'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && needsJournal.test(readFileSync(join(here, 'commands', file), 'utf8')))
    .map((file) => (file.split(/[\\/]/)[0] ?? '').replace(/\.ts$/, ''));
  expect(groups.length).toBeGreaterThan(20);
  // They ask an agent only with --conversation, and show the configuration alone.
  const readers = new Set(['ask', 'config']);
  const lacking = new Set(
    groups.filter((group) => !readers.has(group) && !known.includes(`'${group.replace('agent-process', '__agent')}'`)),
  );
  expect([...lacking]).toEqual([]);
});

#!/usr/bin/env node
// What only an older Node needs is imported there: every command would wait for it.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const major = Number.parseInt(process.versions.node, 10);
const entry = new URL('../dist/entry.js', import.meta.url);

function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 69;
}

/** Newer Nodes keep compiled code between runs: commands that load much then start in half the time. */
function keepCompiledCode() {
  const { env, platform } = process;
  const caches = {
    win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'),
    darwin: join(homedir(), 'Library', 'Caches'),
  };
  const base = caches[platform] ?? (env.XDG_CACHE_HOME || join(homedir(), '.cache'));
  module.enableCompileCache?.(join(base, 'autodevops', 'compiled'));
}

/** The oldest Node that can keep a journal, and what keeps or reads one. Everything else runs on any Node from 20 on. */
const journalNode = 22;
const journalCommands = [
  'fix',
  'change',
  'policy',
  'automation',
  'kill-switch',
  'audit',
  'people',
  'incident',
  'conversation',
  'agent',
  'store',
  'local',
  'bot',
  'slack',
  'mcp',
  '__agent',
  '__start',
];
const toolchain = new URL('../../workspace/toolchain.mjs', import.meta.url);

/** Conversations are kept, too. */
function keepsJournal([command, ...words]) {
  return (
    journalCommands.includes(command) || (command === 'ask' && words.some((word) => word.startsWith('--conversation')))
  );
}

async function isInCheckout() {
  const { existsSync } = await import('node:fs');
  return existsSync(toolchain);
}

/** In a checkout there is a newer Node than the one that was called, for the commands that need it. */
async function runOnNewerNode() {
  const { main, node24, runNode } = await import(toolchain.href);
  await main(() => runNode(node24(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], process.cwd()));
}

async function runHere() {
  // The quickest answers load next to nothing.
  if (process.argv.length > 3 || !['version', '--version', undefined].includes(process.argv[2])) keepCompiledCode();
  try {
    await import(entry.href);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('entry.js')) throw error;
    stop('autodevops is not built in this checkout yet: run `npm start` once (or `npm run build`) in its top folder.');
  }
}

// Windows looks for a program in the current folder first, which may be anybody's; those on PATH are meant.
if (process.platform === 'win32') process.env.NoDefaultCurrentDirectoryInExePath = '1';

if (major < 20) {
  stop(`autodevops needs Node.js 20 or newer; this is ${process.version}. Get it from https://nodejs.org.`);
} else if (major < journalNode && keepsJournal(process.argv.slice(2)) && (await isInCheckout())) {
  await runOnNewerNode();
} else {
  await runHere();
}

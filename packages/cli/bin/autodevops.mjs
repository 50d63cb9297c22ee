#!/usr/bin/env node
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const major = Number.parseInt(process.versions.node, 10);
const entry = new URL('../dist/entry.js', import.meta.url);

function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 69;
}

/** Newer Nodes keep compiled code between runs: commands that load much then start in half the time. */
function keepCompiledCode() {
  const { env, platform } = process;
  const caches = { win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), darwin: join(homedir(), 'Library', 'Caches') };
  const base = caches[platform] ?? (env.XDG_CACHE_HOME || join(homedir(), '.cache'));
  module.enableCompileCache?.(join(base, 'autodevops', 'compiled'));
}

if (major < 20) {
  stop(`autodevops needs Node.js 20 or newer; this is ${process.version}. Get it from https://nodejs.org.`);
} else {
  // The quickest answers load next to nothing.
  if (process.argv.length > 3 || !['version', '--version', undefined].includes(process.argv[2])) keepCompiledCode();
  try {
    await import(entry.href);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('entry.js')) throw error;
    stop('autodevops is not built in this checkout yet: run `npm start` once (or `npm run build`) in its top folder.');
  }
}

#!/usr/bin/env node
const major = Number.parseInt(process.versions.node, 10);
const entry = new URL('../dist/entry.js', import.meta.url);

function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 69;
}

if (major < 20) {
  stop(`autodevops needs Node.js 20 or newer; this is ${process.version}. Get it from https://nodejs.org.`);
} else {
  try {
    await import(entry.href);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('entry.js')) throw error;
    stop('autodevops is not built in this checkout yet: run `npm start` once (or `npm run build`) in its top folder.');
  }
}

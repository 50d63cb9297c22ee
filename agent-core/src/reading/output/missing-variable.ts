import type { OutputLine } from './output-line.ts';

const noNames = new Set([
  'ERROR',
  'FATAL',
  'WARN',
  'WARNING',
  'INFO',
  'DEBUG',
  'PANIC',
  'CRITICAL',
  'EXCEPTION',
  'TRACE',
  'ENV',
  'ENVIRONMENT',
  'VARIABLE',
  'JSON',
  'HTTP',
  'HTTPS',
  'YAML',
  'URL',
  'UTC',
  'NOT',
  'SET',
  'MUST',
  'THE',
  'YOU',
  'ONE',
  'AND',
  'FOR',
  'POSIX',
  'TCP',
  'DNS',
  'SQL',
  'API',
]);

/** Names of environment variables that a line complains about: capitals, preferring those with an underscore. */
export function missingVariables(line: OutputLine): readonly string[] {
  const found = [...line.text.matchAll(/(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{2,63}/g)]
    .map((m) => m[0])
    .filter((name) => !noNames.has(name));
  const surely = found.filter((name) => name.includes('_'));
  const placeholder = /placeholder ['"]\$?\{?([\w.-]{1,80})/.exec(line.text)?.[1];
  const names = surely.length > 0 ? surely : found;
  return [...new Set(names.length > 0 ? names : placeholder === undefined ? [] : [placeholder])].slice(0, 3);
}

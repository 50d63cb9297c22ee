/** What loggers put before a message: klog's header, a time, a level in brackets, a source file with its line. */
const prefixes: readonly RegExp[] = [
  // Serilog: time of the day and level.
  /^\[\d{2}:\d{2}:\d{2}(?:[.,]\d{1,7})? (?:VRB|DBG|INF|WRN|ERR|FTL)\] /,
  // NATS: process, time and level.
  /^\[\d{1,8}\] \d{4}\/\d{2}\/\d{2} [\d:.]{8,15} \[[A-Z]{3}\] /,
  /^[IWEF]\d{4} [\d:.]{8,15}\s+\d+ [\w./-]{1,80}:\d{1,6}\] ?/,
  /^\[?(?:\d{4}[-/.]\d{2}[-/.]\d{2}|\d{2}[-/][A-Z][a-z]{2}[-/]\d{4})[T ] ?[\d:.,]{5,15} ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?\]?\s*/,
  /^\[ ?\d{1,8} ?\] (?:\{[\w-]{0,60}\} )?/,
  /^(?:\[(?:[A-Z]{4,8}|[a-z]{4,8})\]|<[A-Z][a-z]{3,10}>|(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|ALERT)\b)(?:\[\d{1,8}\])?:?\s*/,
  // Spring Boot: process, thread and logger; JBoss and Keycloak: logger and thread.
  /^\d{1,8} --- \[[^\]]{1,60}\] [\w.$/-]{1,120}\s*: /,
  /^\[[\w.$/-]{1,120}\] \([^)]{1,60}\) /,
  /^\d{1,8}#\d{1,8}: /,
  // Redis: process, role and time, then a mark for the level.
  /^\d{1,8}:[A-Z] \d{1,2} [A-Z][a-z]{2} \d{4} [\d:.]{8,15} [.\-*#] /,
  // MySQL: thread, level, number and part.
  /^\d{1,8} \[(?:ERROR|Error|Warning|System|Note)\] (?:\[MY-\d{1,8}\] )?(?:\[\w{1,40}\] )?/,
  // PostgreSQL: its levels, with two blanks after the colon.
  /^(?:LOG|FATAL|PANIC|ERROR|WARNING): {2}/,
  // Logback and log4j: thread, logger and its line.
  /^\[[^\]]{1,60}\] (?:- (?:[A-Z]{4,5}) {1,2}\[[^\]]{1,120}\]|[\w.$]{3,120}) - /,
  // Cassandra: thread, time, file and line.
  /^\[[\w:-]{1,60}\] [\d-]{10} [\d:,.]{8,15} \w{1,80}\.java:\d{1,6} - /,
  // A time without a date.
  /^\d{2}:\d{2}:\d{2}[.,]\d{1,9} \[\w{3,10}\]\s+/,
  // .NET, of what an exception hands on.
  /^---> /,
  // NestJS: process, time of the day, level and context.
  /^\[Nest\] \d{1,8} {1,2}- [\d/.-]{6,12},? [\d:]{5,8}(?: [AP]M)? {1,5}[A-Z]{3,7} (?:\[\w{1,60}\] )?/,
  // A process of Erlang.
  /^<\d{1,8}\.\d{1,8}\.\d{1,8}> /,
  /^\[?[\w./-]{1,80}\.go(?::| )\d{1,6}\]?:?\s+/,
  // Python: the file with its line, then the level.
  /^\{[\w./-]{1,80}\.py:\d{1,6}\} /,
  /^(?:ERROR|FATAL|CRITICAL) - /,
  // Images of Bitnami: product, time, level and an arrow.
  /^[\w-]{2,40} \d{2}:\d{2}:\d{2}\.\d{2} (?:ERROR|WARN|INFO|DEBUG) {1,2}==> /,
];

/** The message of a log line, as it is to stand in a sentence. */
export function withoutLogPrefix(line: string): string {
  const rest = prefixes.reduce((text, prefix) => text.replace(prefix, ''), line.trim());
  return rest === '' ? line.trim() : rest;
}

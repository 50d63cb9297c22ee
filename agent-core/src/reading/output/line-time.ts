const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/;
const klog = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)/;
/** `2026-03-10 12:00:00,123` of Python and Log4j, `2026/03/10 12:00:00` of Go and nginx: they name no zone, which in a container mostly is UTC. */
const plain = /(?:^|[\s["'(=])(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?![\d:])/;
/** `10/Mar/2026:12:00:00 +0000` of the common log format. */
const common = /\b(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})/;
/** `"ts":1773144000.123` of zap, `"time":1773144000123` of pino. */
const epoch = /"(?:ts|time|timestamp|@timestamp)":\s*(\d{10})(\d{3})?(?:\.(\d{1,9}))?\b/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}

function plainTime(head: string): number | undefined {
  const match = plain.exec(head);
  return match === null
    ? undefined
    : known(Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}.${(match[5] ?? '0').slice(0, 3)}Z`));
}

function commonTime(head: string): number | undefined {
  const match = common.exec(head);
  const month = months.indexOf(match?.[2] ?? '') + 1;
  if (match === null || month === 0) return undefined;
  const zone = `${match[5]?.slice(0, 3)}:${match[5]?.slice(3)}`;
  return known(Date.parse(`${match[3]}-${String(month).padStart(2, '0')}-${match[1]}T${match[4]}${zone}`));
}

function epochTime(head: string): number | undefined {
  const match = epoch.exec(head);
  return match === null
    ? undefined
    : Number(match[1]) * 1000 + Number(match[2] ?? Math.floor(Number(`0.${match[3] ?? '0'}`) * 1000));
}

function klogTime(head: string, now: number): number | undefined {
  const stamp = klog.exec(head);
  if (stamp === null) return undefined;
  const year = new Date(now).getUTCFullYear();
  const time = Date.parse(`${year}-${stamp[1]}-${stamp[2]}T${stamp[3]}Z`);
  if (Number.isNaN(time)) return undefined;
  // In January a line of December is of the year before.
  return time - now > 180 * 86_400_000 ? Date.parse(`${year - 1}-${stamp[1]}-${stamp[2]}T${stamp[3]}Z`) : time;
}

/**
 * When a log line says it was written, in milliseconds: an ISO time near its beginning, an epoch in a field, the common
 * log format, or klog's month and day in the year of `now`. Undefined when it does not say, or not in which zone.
 */
export function lineTime(line: string, now: number): number | undefined {
  const head = line.slice(0, 300);
  const found = iso.exec(head)?.[0];
  if (found !== undefined) return known(Date.parse(found));
  return klogTime(head, now) ?? epochTime(head) ?? commonTime(head);
}

/** As `lineTime`, with a time that names no zone taken for UTC: good for what came before what. */
export function roughLineTime(line: string, now: number): number | undefined {
  return lineTime(line, now) ?? plainTime(line.slice(0, 300));
}

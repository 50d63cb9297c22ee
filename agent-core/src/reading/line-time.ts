const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/;
const klog = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)/;

/**
 * When a log line says it was written, in milliseconds: an ISO time near its beginning, or klog's month and day in the
 * year of `now`. Undefined when it does not say.
 */
export function lineTime(line: string, now: number): number | undefined {
  const head = line.slice(0, 300);
  const found = iso.exec(head)?.[0];
  if (found !== undefined) {
    const time = Date.parse(found);
    return Number.isNaN(time) ? undefined : time;
  }
  const stamp = klog.exec(head);
  if (stamp === null) return undefined;
  const year = new Date(now).getUTCFullYear();
  const time = Date.parse(`${year}-${stamp[1]}-${stamp[2]}T${stamp[3]}Z`);
  if (Number.isNaN(time)) return undefined;
  // In January a line of December is of the year before.
  return time - now > 180 * 86_400_000 ? Date.parse(`${year - 1}-${stamp[1]}-${stamp[2]}T${stamp[3]}Z`) : time;
}

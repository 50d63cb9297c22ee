import type { Sample } from './sample.ts';

/** As Kubernetes writes times: in UTC, with any number of decimals. */
const stamps = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=(?:\.\d+)?Z)/g;

/**
 * The same recording, so moved in time that its "now" is another moment (milliseconds since the epoch): what is changed
 * in it afterwards has the times of the clock on the wall, and everything keeps its order. By whole seconds.
 */
export function shiftSample(sample: Sample, now: number): Sample {
  const by = Math.round((now - Date.parse(sample.now)) / 1000) * 1000;
  const moved = (text: string): string =>
    text.replace(stamps, (stamp) => new Date(Date.parse(`${stamp}Z`) + by).toISOString().slice(0, 19));
  return {
    ...sample,
    now: moved(sample.now),
    objects: JSON.parse(moved(JSON.stringify(sample.objects))) as Sample['objects'],
    logs: sample.logs.map((log) => ({ ...log, text: moved(log.text) })),
  };
}

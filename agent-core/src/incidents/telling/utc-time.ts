/** As people read a time where no client of theirs shows it in their own zone: `2026-01-01 01:01:05 UTC`. What is no time stays. */
export function utcTime(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

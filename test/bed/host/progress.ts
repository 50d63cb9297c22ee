// Progress goes to stderr, so that stdout carries only results.
const began = performance.now();
let quiet = process.env['BED_QUIET'] === '1';

export function silence(): void {
  quiet = true;
}

export function say(text: string): void {
  if (quiet) return;
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`[bed ${seconds}s] ${text}\n`);
}

/** Says what begins, and how long it took when it has ended. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  say(`${what} ...`);
  const result = await work();
  say(`${what}: done in ${((performance.now() - from) / 1000).toFixed(1)} s`);
  return result;
}

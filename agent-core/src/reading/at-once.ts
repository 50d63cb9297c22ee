/** Work that yields where others may run. */
export type Steps<T> = Generator<void, T>;

/** Does it without letting anybody in between. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

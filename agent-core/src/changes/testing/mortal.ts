/** The life of a process: its calls to the outside pass through here, and at one of them it stops. */
export interface Life {
  /** Resolves when it has stopped. */
  readonly stopped: Promise<void>;
  /** How many calls there were, each counted before and after. */
  readonly calls: () => number;
  /** Lets it go on, as a process that was only paused. */
  resume(): void;
  /** The same port; its calls hang once the process has stopped. */
  within<Port extends object>(port: Port): Port;
}

/** What is answered at once, and so is no place to stop at. */
const instant: ReadonlySet<string> = new Set(['now', 'earliest', 'all']);

type Call = (...given: readonly unknown[]) => unknown;

/** A process that stops at the given call, before or after what the call does: nothing that it awaits comes back. */
export function lifeUntil(stopAt: number): Life {
  let calls = 0;
  let dead = false;
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const { promise: resumed, resolve: resume } = Promise.withResolvers<void>();

  const pass = async (): Promise<void> => {
    calls += 1;
    if (calls === stopAt) {
      dead = true;
      stop();
    }
    if (dead) await resumed;
  };
  const mortal =
    (call: Call, owner: object): Call =>
    async (...given) => {
      await pass();
      try {
        return await call.apply(owner, [...given]);
      } finally {
        await pass();
      }
    };
  return {
    stopped,
    calls: () => calls,
    resume: () => {
      dead = false;
      resume();
    },
    within: (port) =>
      Object.fromEntries(
        Object.entries(port).map(([name, value]) => [
          name,
          typeof value === 'function' && !instant.has(name) ? mortal(value as Call, port) : value,
        ]),
      ) as typeof port,
  };
}

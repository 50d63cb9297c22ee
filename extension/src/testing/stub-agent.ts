import type { AgentClient } from '@autodevops/agentd/client';
import { endpoints } from '@autodevops/agentd/endpoints';

type Name = keyof AgentClient;
type Given = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
};
type EventsOf<K extends Name> = ReturnType<AgentClient[K]> extends AsyncIterable<infer I> ? readonly I[] : never;
type AnswerOf<K extends Name> = ReturnType<AgentClient[K]> extends Promise<infer A> ? A : EventsOf<K>;

/** What each endpoint answers; streams give these items and then stay open. */
export type Stubs = { readonly [K in Name]?: AnswerOf<K> | ((given: Given) => AnswerOf<K>) };

export interface StubAgent {
  readonly client: AgentClient;
  /** Name and what was given, in order. */
  readonly calls: [name: Name, given: Given][];
}

const streams: readonly string[] = ['diagnosis', 'findings', 'objectNews', 'watchChange', 'events'];

async function* items(events: readonly unknown[], signal: AbortSignal): AsyncGenerator<unknown> {
  yield* events;
  if (!signal.aborted) {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** An agent that answers what the test says and nothing else: any other call fails the test. */
export function stubAgent(stubs: Stubs): StubAgent {
  const calls: StubAgent['calls'] = [];
  const call =
    (name: Name) =>
    (given: Given, { signal }: { readonly signal: AbortSignal }): unknown => {
      calls.push([name, given]);
      const stub = stubs[name] as unknown;
      if (stub === undefined) throw new Error(`nobody expected a call of ${name}`);
      const answer = typeof stub === 'function' ? (stub as (one: Given) => unknown)(given) : stub;
      return streams.includes(name) ? items(answer as readonly unknown[], signal) : Promise.resolve(answer);
    };
  const client = Object.fromEntries(
    (Object.keys(endpoints) as Name[]).map((name) => [name, call(name)]),
  ) as unknown as AgentClient;
  return { client, calls };
}

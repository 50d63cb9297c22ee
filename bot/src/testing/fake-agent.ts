import type { AgentClient } from '@autodevops/agentd/client';
import type { EndpointName } from '@autodevops/agentd/endpoints';

export interface AgentCall {
  readonly endpoint: EndpointName;
  readonly given: unknown;
}

export interface FakeAgent {
  readonly client: AgentClient;
  readonly calls: readonly AgentCall[];
  readonly callsOf: (endpoint: EndpointName) => readonly unknown[];
}

type Answered = { readonly [K in EndpointName]?: (...asked: Parameters<AgentClient[K]>) => ReturnType<AgentClient[K]> };

/** An agent that answers what a test gives; an endpoint that it does not give fails when it is called. */
export function fakeAgent(answers: Answered): FakeAgent {
  const calls: AgentCall[] = [];
  const client = new Proxy(answers, {
    get:
      (given, name) =>
      (input: unknown, options: unknown): unknown => {
        calls.push({ endpoint: name as EndpointName, given: input });
        const answer = given[name as EndpointName] as ((input: unknown, options: unknown) => unknown) | undefined;
        if (answer === undefined) throw new Error(`${String(name)} is not part of this test`);
        return answer(input, options);
      },
  });
  return {
    client: client as unknown as AgentClient,
    calls,
    callsOf: (endpoint) => calls.filter((call) => call.endpoint === endpoint).map((call) => call.given),
  };
}

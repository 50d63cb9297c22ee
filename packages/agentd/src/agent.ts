import { getRequestListener } from '@hono/node-server';
import { measured, told } from './agent-parts.ts';
import type { AgentParts } from './agent-parts.ts';
import { assemble } from './assemble.ts';
import type { Way } from './http/admission.ts';
import { startListening } from './http/listen.ts';
import type { ListenAddress } from './http/listen-address.ts';
import type { Listening } from './http/listen.ts';
import { warmUp } from './services/cluster/warming.ts';

/** A running agent: the same over a socket and inside of this process. */
export interface Agent {
  /** Answers a request without any network. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly listen: (choice: ListenAddress) => Promise<Listening>;
  /** Lets what runs end, at most ten seconds, then closes everything it was given. */
  readonly close: () => Promise<void>;
}

const endWithin = 10_000;

/** Starts an agent: takes up what an earlier one left, and answers from then on. */
export async function startAgent(given: AgentParts): Promise<Agent> {
  const parts = told(measured(given));
  const { app, stop, end, ending } = await assemble(parts);
  const listening: Listening[] = [];
  let warming: Promise<void> | undefined;
  const ready = async (): Promise<void> => {
    const sources = await parts.incidents.alertSources();
    if (sources.length > 0) {
      await warmUp(
        {
          watching: parts.watching,
          clock: parts.clock,
          log: (message, fields) => parts.log({ level: 'info', message, fields }),
        },
        ending,
      );
    }
  };
  return {
    fetch: async (request) => await app.fetch(request),
    listen: async (choice) => {
      const way: Way = { overNetwork: choice.kind === 'tcp' };
      const heard = await startListening(
        choice,
        getRequestListener(async (request) => await app.fetch(request, way), { overrideGlobalObjects: false }),
      );
      listening.push(heard);
      parts.watching.stay();
      warming ??= ready();
      parts.log({
        level: 'info',
        message: 'listening',
        fields: { address: heard.address, cluster: parts.clusterName, version: parts.version },
      });
      return heard;
    },
    close: async () => {
      end();
      await Promise.all(listening.map((one) => one.close(endWithin)));
      await Promise.all([stop(), warming]);
      await Promise.all([parts.cluster.close(), parts.watching.close()]);
      parts.signals?.close();
      await parts.store.close();
      await parts.tracer?.close();
    },
  };
}

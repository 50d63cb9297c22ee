import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { stopIfAborted } from '@autodevops/domain/interruption';
import type { LocalPort } from '@autodevops/domain/ports/local-cluster';

export interface PortTrouble {
  readonly port: LocalPort;
  readonly says: string;
  readonly remedy: string;
}

/** ERR code of trying to listen; undefined when it can be had. */
function tcpRefusal({ host, address }: LocalPort): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ port: host, host: address, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function udpRefusal({ host, address }: LocalPort): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    socket.bind({ port: host, address, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}

function troubleOf(port: LocalPort, code: string): PortTrouble | undefined {
  const where = `${port.address}:${port.host}`;
  if (code === 'EADDRINUSE') {
    return {
      port,
      says: `Port ${port.host} is taken on this machine (${where}).`,
      remedy: 'Stop what listens there, or choose another `host` under `cluster.ports`.',
    };
  }
  if (code === 'EADDRNOTAVAIL') {
    return {
      port,
      says: `This machine has no address ${port.address}.`,
      remedy: 'Correct `address` under `cluster.ports`; 127.0.0.1 is this machine alone.',
    };
  }
  // The engine may listen where this user may not.
  return undefined;
}

/** Which of the mappings cannot be had. SCTP is left to the engine to find out. */
export async function portTroubles(ports: readonly LocalPort[], signal: AbortSignal): Promise<readonly PortTrouble[]> {
  const troubles: PortTrouble[] = [];
  for (const port of ports) {
    stopIfAborted(signal);
    if (port.protocol === 'SCTP') continue;
    const code = await (port.protocol === 'TCP' ? tcpRefusal(port) : udpRefusal(port));
    const trouble = code === undefined ? undefined : troubleOf(port, code);
    if (trouble !== undefined) troubles.push(trouble);
  }
  return troubles;
}

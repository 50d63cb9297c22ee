import type { Socket } from 'node:net';
import { deadline } from '../deadline.ts';
import type { Target } from './attempt.ts';
import { byConnect } from './by-connect.ts';
import { bySocks } from './by-socks.ts';
import { proxyRefused } from './proxy-address.ts';

/** Whoever asked has been told before, by the deadline of his request; this is so that nothing stays open. */
const longestMs = 10_000;

/** A connection to the target through an HTTP(S) or SOCKS 5 proxy. Throws `cluster.unreachable` that names the proxy. */
export async function tunnel(proxy: URL, target: Target, waitMs = longestMs): Promise<Socket> {
  const { connected, giveUp } = proxy.protocol.startsWith('socks5') ? bySocks(proxy, target) : byConnect(proxy, target);
  const cancel = deadline(waitMs, () => giveUp(proxyRefused(proxy, `does not answer within ${waitMs / 1000} s`)));
  try {
    return await connected;
  } finally {
    cancel();
  }
}

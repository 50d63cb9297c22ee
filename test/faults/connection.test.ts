import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe } from 'vitest';
import { selfSigned } from './certificates.ts';
import { expectFailure } from './failure-sentence.ts';
import { it } from './scene.ts';

const look = ['diagnose', '-o', 'json'];

/** A port at which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

describe.concurrent('an API server that cannot be reached', () => {
  it('nothing listens there', async ({ scene }) => {
    scene.kubeconfig({ server: `https://127.0.0.1:${await freePort()}` });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.refused',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) refuses the connection: nothing listens there.',
      todo: 'Start the cluster (for Kind: see `docker ps -a`), or check the address in the kubeconfig.',
    });
  });

  it('its name does not resolve', async ({ scene }) => {
    scene.kubeconfig({ server: 'https://no-such-host.invalid:6443' });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.name-not-resolved',
      says: 'The API server of context "faulty" (https://no-such-host.invalid:6443) has a name that cannot be resolved*.',
      todo: 'Check the n*, DNS and the VPN.',
    });
  });

  it('it accepts connections and never answers', async ({ scene }) => {
    scene.kubeconfig({ server: `http://127.0.0.1:${await scene.tcp(() => undefined)}` });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.no-answer',
      says: 'The API server of context "faulty" (http://127.0.0.1:*) takes requests but does not answer within 15 s.',
      todo: 'Look at the load and the logs of the API server and of etcd, and try again.',
    });
  });

  it('it never finishes the TLS handshake', async ({ scene }) => {
    scene.kubeconfig({ server: `https://127.0.0.1:${await scene.tcp(() => undefined)}` });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unreachable',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) cannot be reached: no connection came about within 8 s.',
      todo: 'Check the network, the VPN and the proxy between here and there, and that the cluster runs.',
    });
  });

  it('it cuts every connection', async ({ scene }) => {
    scene.kubeconfig({
      server: `http://127.0.0.1:${await scene.tcp((socket) => void socket.once('data', () => socket.resetAndDestroy()))}`,
    });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unreachable',
      says: 'The API server of context "faulty" (http://127.0.0.1:*) cut the connection.',
      todo: 'Try again; if it stays, look at the API server and at proxies in between.',
    });
  });

  it('the proxy in between is not there', async ({ scene }) => {
    const port = await freePort();
    scene.kubeconfig({ server: 'https://cluster.example:6443', cluster: { 'proxy-url': `http://127.0.0.1:${port}` } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unreachable',
      says: `The proxy 127.0.0.1:${port} *.`,
      todo: 'Check proxy-url of the kubeconfig, or HTTPS_PROXY and NO_PROXY.',
    });
  });

  it('the proxy in between refuses', async ({ scene }) => {
    const port = await scene.tcp(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')),
    );
    scene.kubeconfig({ server: 'https://cluster.example:6443', cluster: { 'proxy-url': `http://127.0.0.1:${port}` } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unreachable',
      says: `The proxy 127.0.0.1:${port} *403*.`,
      todo: 'Check proxy-url of the kubeconfig, or HTTPS_PROXY and NO_PROXY.',
    });
  });

  it('the proxy in between never answers', async ({ scene }) => {
    const port = await scene.tcp(() => undefined);
    scene.kubeconfig({ server: 'https://cluster.example:6443', cluster: { 'proxy-url': `http://127.0.0.1:${port}` } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unreachable',
      says: `The API server of context "faulty" (https://cluster.example:6443), asked through the proxy 127.0.0.1:${port}, cannot be reached: no connection came about within 8 s.`,
      todo: 'Check the network, the VPN and the proxy between here and there, and that the cluster runs.',
    });
  });
});

describe.concurrent('an API server whose certificate is wrong', () => {
  const answer = (_: unknown, response: { end: (text: string) => unknown }): void =>
    void response.end('{"gitVersion":"v1.36.3"}');

  it('it has expired', async ({ scene }) => {
    const pair = selfSigned({ from: -20, to: -3 });
    scene.kubeconfig({ server: await scene.https(pair, answer), authority: pair.certificate });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.certificate-expired',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) shows a certificate that has expired.',
      todo: "Renew it (kubeadm: `kubeadm certs renew all`), and check this machine's clock.",
    });
  });

  it('it is not valid yet', async ({ scene }) => {
    const pair = selfSigned({ from: 2, to: 9 });
    scene.kubeconfig({ server: await scene.https(pair, answer), authority: pair.certificate });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.certificate-expired',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) shows a certificate that is not valid yet.',
      todo: 'Check the clocks of this machine and of the API server.',
    });
  });

  it('another authority has signed it', async ({ scene }) => {
    scene.kubeconfig({ server: await scene.https(selfSigned(), answer), authority: selfSigned().certificate });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.certificate-unknown-authority',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) shows a certificate that the authority of the kubeconfig has not signed.',
      todo: 'The cluster was probably made anew, or something in between opens the connection: get a new kubeconfig (for Kind: `kind export kubeconfig`).',
    });
  });

  it('it is for other names', async ({ scene }) => {
    const pair = selfSigned({ names: 'DNS:api.other.example,DNS:localhost' });
    scene.kubeconfig({ server: await scene.https(pair, answer), authority: pair.certificate });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.certificate-wrong-name',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) shows a certificate for other names (DNS:api.other.example, DNS:localhost) than 127.0.0.1.',
      todo: 'Use one of these names as the server, or set tls-server-name in the kubeconfig.',
    });
  });

  it('it does not speak TLS at all', async ({ scene }) => {
    const url = await scene.http((_, response) => void response.end('{}'));
    scene.kubeconfig({ server: url.replace('http:', 'https:') });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: 'The API server of context "faulty" (https://127.0.0.1:*) does not speak TLS.',
      todo: 'Check the port and the scheme (https) of the server in the kubeconfig.',
    });
  });

  it('it speaks TLS where the kubeconfig says http', async ({ scene }) => {
    const told = 'Client sent an HTTP request to an HTTPS server.\n';
    const port = await scene.tcp(
      (socket) => void socket.once('data', () => socket.end(`HTTP/1.0 400 Bad Request\r\n\r\n${told}`)),
    );
    scene.kubeconfig({ server: `http://127.0.0.1:${port}` });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: 'The API server of context "faulty" (http://127.0.0.1:*) speaks TLS, but the kubeconfig says http.',
      todo: 'Write https:// before the server in the kubeconfig.',
    });
  });
});

import type { RequestListener } from 'node:http';
import { describe, expect } from 'vitest';
import { expectFailure } from './failure-sentence.ts';
import { gzipBomb } from './gzip-bomb.ts';
import { canary } from './run-command.ts';
import { it } from './scene.ts';

const look = ['diagnose', '-o', 'json'];
const there = 'The API server of context "faulty" (http://127.0.0.1:*)';
const otherServer = 'Check the server of the kubeconfig, and whether a proxy or a login page stands in between.';
const loaded = 'Look at the load and the logs of the API server and of etcd, and try again.';

function status(code: number, message: string, headers: Readonly<Record<string, string>> = {}): RequestListener {
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
  return (_, response) => void response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(body);
}

describe.concurrent('an API server that answers with a refusal', () => {
  it('401 for a token, which is not repeated', async ({ scene }) => {
    const server = await scene.http((request, response) =>
      status(401, `Unauthorized: ${request.headers.authorization}`)(request, response),
    );
    scene.kubeconfig({ server, user: { token: canary } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unauthorized',
      says: `${there} does not accept the token of the context.`,
      todo: 'Log in again, or get a new kubeconfig (for Kind: `kind export kubeconfig`).',
    });
  });

  it('401 without credentials', async ({ scene }) => {
    await scene.http(status(401, 'Unauthorized'));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unauthorized',
      says: `${there} answers nobody without credentials, and the context has none.`,
      todo: 'Log in again, or get a new kubeconfig (for Kind: `kind export kubeconfig`).',
    });
  });

  it('429 for ever', async ({ scene }) => {
    await scene.http(status(429, 'too many requests', { 'Retry-After': '1' }));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.too-many-requests',
      says: `${there} has too many requests to answer at once.`,
      todo: 'Wait a moment and try again; look at who asks so much (API Priority and Fairness).',
    });
  });

  it('429 with a wait that nobody has', async ({ scene }) => {
    await scene.http(status(429, 'too many requests', { 'Retry-After': '3600' }));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.too-many-requests',
      says: `${there} has too many requests to answer at once.`,
      todo: 'Wait a moment and try again; look at who asks so much (API Priority and Fairness).',
    });
  });

  it('500, with what it says itself and without the secrets in it', async ({ scene }) => {
    await scene.http(status(500, `etcdserver: leader changed, token=${canary} \u001B[2J`));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.server-error',
      says: `${there} fails with 500 for /*: etcdserver: leader changed, token=*.`,
      todo: 'Look at the logs of the API server and of etcd, and try again.',
    });
  });

  it('503 for ever', async ({ scene }) => {
    await scene.http(status(503, 'apiserver is shutting down'));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.server-error',
      says: `${there} fails with 503 for /*: apiserver is shutting down.`,
      todo: 'Look at the logs of the API server and of etcd, and try again.',
    });
  });

  it('a refusal whose words come one by one, for ever', async ({ scene }) => {
    await scene.http((_, response) => {
      response.writeHead(500, { 'Content-Type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 500);
      response.on('close', () => clearInterval(timer));
    });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.server-error',
      says: `${there} fails with 500 for /*.`,
      todo: 'Look at the logs of the API server and of etcd, and try again.',
    });
  });

  it('404 for everything', async ({ scene }) => {
    await scene.http((_, response) => void response.writeHead(404).end('404 page not found'));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} has no /*, and does not say so as a Kubernetes API does.`,
      todo: 'Check the server of the kubeconfig, its path too.',
    });
  });
});

describe.concurrent('a server that is no API server', () => {
  it('a web page', async ({ scene }) => {
    await scene.http(
      (_, response) =>
        void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><h1>Sign in</h1>'),
    );
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} answers with a web page, not as a Kubernetes API.`,
      todo: otherServer,
    });
  });

  it('a way to a login page', async ({ scene }) => {
    await scene.http((_, response) => void response.writeHead(302, { Location: 'https://login.example/' }).end());
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} sends elsewhere (a login page?) instead of answering.`,
      todo: 'Check the server of the kubeconfig, and log in where it leads.',
    });
  });

  it('JSON of something else', async ({ scene }) => {
    await scene.http(
      (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('[{"gitVersion": 7}]'),
    );
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} answers, but not as a Kubernetes API.`,
      todo: otherServer,
    });
  });

  it('another protocol', async ({ scene }) => {
    const port = await scene.tcp((socket) => void socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')));
    scene.kubeconfig({ server: `http://127.0.0.1:${port}` });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} does not speak HTTP.`,
      todo: 'Check the address and port of the server in the kubeconfig.',
    });
  });
});

describe.concurrent('an API server whose answer does not arrive whole', () => {
  it('a header and never a body', async ({ scene }) => {
    await scene.http((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.flushHeaders();
    });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.no-answer',
      says: `${there} stopped in the middle of an answer within 15 s.`,
      todo: loaded,
    });
  });

  it('one byte after the other, for ever', async ({ scene }) => {
    await scene.http((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 1000);
      response.on('close', () => clearInterval(timer));
    });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.no-answer',
      says: `${there} did not end its answer within 20 s.`,
      todo: loaded,
    });
  });

  it('a body without end', async ({ scene }) => {
    await scene.http((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(1 << 20)));
      };
      response.on('drain', more);
      more();
    });
    const ran = await scene.run(look);
    expectFailure(ran, {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} sends an answer that is larger than 1 MiB.`,
      todo: otherServer,
    });
    expect(ran.megabytes).toBeLessThan(200);
  });

  it('a body that unpacks to gigabytes', async ({ scene }) => {
    const bomb = gzipBomb(600);
    await scene.http(
      (_, response) =>
        void response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(bomb),
    );
    const ran = await scene.run(look);
    expectFailure(ran, {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} sends an answer that is larger than 1 MiB.`,
      todo: otherServer,
    });
    expect(ran.megabytes).toBeLessThan(200);
  });

  it('a packed body that is damaged', async ({ scene }) => {
    await scene.http(
      (_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip at all'),
    );
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} sent an answer that is damaged.`,
      todo: 'Try again; if it stays, look at proxies in between.',
    });
  });

  it('a body that is shorter than its header says', async ({ scene }) => {
    const port = await scene.tcp(
      (socket) =>
        void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"gitVersion":')),
    );
    scene.kubeconfig({ server: `http://127.0.0.1:${port}` });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unreachable',
      says: `${there} cut the connection.`,
      todo: 'Try again; if it stays, look at the API server and at proxies in between.',
    });
  });

  it('JSON that is damaged', async ({ scene }) => {
    await scene.http(
      (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"gitVersion":"v1.3'),
    );
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} sends JSON that is damaged.`,
      todo: otherServer,
    });
  });

  it('an encoding that was not asked for', async ({ scene }) => {
    await scene.http((_, response) => void response.writeHead(200, { 'Content-Encoding': 'br' }).end('x'));
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.bad-answer',
      says: `${there} sends an answer in an encoding that was not asked for.`,
      todo: otherServer,
    });
  });
});

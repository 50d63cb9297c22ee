import { describe } from 'vitest';
import { selfSigned } from './certificates.ts';
import { expectFailure } from './failure-sentence.ts';
import type { Failure } from './failure-sentence.ts';
import { kubeconfigText } from './kubeconfig-text.ts';
import { canary } from './run-command.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';

const look = ['diagnose', '-o', 'json'];
const nowhere = 'https://127.0.0.1:1';
const repair = 'Repair the file, or pass another one with --kubeconfig.';

interface Case extends Omit<Failure, 'exit'> {
  readonly name: string;
  readonly prepare: (scene: Scene) => unknown;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function contexts(names: readonly string[], current: string): string {
  const entries = names.map((name) => ({ name, context: { cluster: 'there', user: 'me' } }));
  return JSON.stringify({
    ...(JSON.parse(kubeconfigText({ server: nowhere })) as object),
    contexts: entries,
    'current-context': current,
  });
}

function plugin(command: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never', ...more } };
}

function script(scene: Scene, lines: string): void {
  scene.write('.kube/plugin', `#!/bin/sh\n${lines}\n`, 0o700);
  scene.kubeconfig({ server: nowhere, user: plugin('./plugin') });
}

const byHand = "Run the plugin by hand, or log in again with your cloud's tool, and try again.";

const cases: readonly Case[] = [
  // It takes a minute: the others are looked at meanwhile.
  {
    name: 'the plugin never ends',
    prepare: (scene) => script(scene, 'exec sleep 600'),
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "./plugin" did not answer within 60 s.',
    todo: byHand,
  },
  {
    name: 'there is none',
    prepare: () => undefined,
    code: 'kubeconfig.not-found',
    says: 'There is no kubeconfig: neither KUBECONFIG nor ~/.kube/config names a file that exists, and this is no pod in a cluster.',
    todo: 'Get one from your cluster (for Kind: `kind export kubeconfig`), or pass its path with --kubeconfig.',
  },
  {
    name: 'the one that is asked for is not there',
    prepare: () => undefined,
    args: ['--kubeconfig', '/nowhere/config'],
    code: 'kubeconfig.not-found',
    says: 'There is no kubeconfig at /nowhere/config.',
    todo: 'Check the path that is given with --kubeconfig.',
  },
  {
    name: 'its name is full of escape sequences',
    prepare: () => undefined,
    args: ['--kubeconfig', 'con\u001B[2J\u202Efig'],
    code: 'kubeconfig.not-found',
    says: 'There is no kubeconfig at con\\x1b[2J\\u{202e}fig.',
    todo: 'Check the path that is given with --kubeconfig.',
  },
  {
    name: 'it is empty',
    prepare: (scene) => scene.write('.kube/config', ''),
    code: 'kubeconfig.no-context',
    says: 'The kubeconfig has no current context.',
    todo: 'Choose one with --context. There are: none.',
  },
  {
    name: 'it is a folder',
    prepare: (scene) => scene.write('.kube/config/x', ''),
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config is a folder.',
    todo: 'Pass another one with --kubeconfig.',
  },
  {
    name: 'it is no YAML',
    prepare: (scene) => scene.write('.kube/config', `users: [{token: ${canary}\n\tx: "`),
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config cannot be read: it is no YAML (*).',
    todo: repair,
  },
  {
    name: 'it is binary',
    prepare: (scene) => scene.write('.kube/config', Buffer.from([0xff, 0xfe, 0, 1, 2, 0x1b, 0x5b])),
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config cannot be read: *.',
    todo: repair,
  },
  {
    name: 'it is a list',
    prepare: (scene) => scene.write('.kube/config', '- a\n- b\n'),
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config cannot be read: it is no kubeconfig but a single value or a list.',
    todo: repair,
  },
  {
    name: 'it unfolds to gigabytes',
    prepare: (scene) =>
      scene.write(
        '.kube/config',
        `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[i] ?? ''}`).join()}]\n`).join('')}clusters: *j\n`,
      ),
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config cannot be read: it is no YAML that can be read.',
    todo: repair,
  },
  {
    name: 'it is nested without end',
    prepare: (scene) => scene.write('.kube/config', `clusters: ${'['.repeat(100_000)}`),
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config cannot be read: it is nested too deeply.',
    todo: repair,
  },
  {
    name: 'it is a device without end',
    prepare: () => undefined,
    args: ['--kubeconfig', '/dev/zero'],
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig /dev/zero is larger than 16 MiB.',
    todo: 'Pass another one with --kubeconfig.',
  },
  {
    name: 'it has no current context',
    prepare: (scene) => scene.write('.kube/config', contexts(['dev', 'prod'], '')),
    code: 'kubeconfig.no-context',
    says: 'The kubeconfig has no current context.',
    todo: 'Choose one with --context. There are: dev, prod.',
  },
  {
    name: 'the context that is asked for is misspelt',
    prepare: (scene) =>
      scene.write(
        '.kube/config',
        contexts(['kind-dev', 'production', ...Array.from({ length: 40 }, (_, i) => `team-${i}`)], 'kind-dev'),
      ),
    args: ['--context', 'prodcution'],
    code: 'kubeconfig.no-context',
    says: 'The kubeconfig has no context named "prodcution".',
    todo: 'Did you mean "production"? Choose one with --context. There are: kind-dev, production, team-0, *, ….',
  },
  {
    name: 'the current context is full of escape sequences',
    prepare: (scene) => scene.write('.kube/config', contexts(['dev'], '\u001B]0;owned\u0007\u202Eved')),
    code: 'kubeconfig.no-context',
    says: 'The kubeconfig has no context named "\\x1b]0;owned\\x07\\u{202e}ved".',
    todo: 'Choose one with --context. There are: dev.',
  },
  {
    name: 'the context leads to a cluster that is not described',
    prepare: (scene) =>
      scene.write('.kube/config', contexts(['dev'], 'dev').replace('"name":"there"', '"name":"elsewhere"')),
    code: 'kubeconfig.no-context',
    says: 'The context "dev" points at the cluster "there", which the kubeconfig does not describe.',
    todo: 'Choose one with --context. There are: dev.',
  },
  {
    name: 'the server is no address',
    prepare: (scene) => scene.kubeconfig({ server: 'ftp://files.example' }),
    code: 'kubeconfig.invalid',
    says: "The kubeconfig's server is no address of a kind that is supported (*).",
    todo: 'Repair the kubeconfig, or pass another one with --kubeconfig.',
  },
  {
    name: 'the file of its certificate, beside it, is not there',
    prepare: (scene) =>
      scene.kubeconfig({ server: nowhere, user: { 'client-certificate': 'pki/me.crt', 'client-key': 'pki/me.key' } }),
    code: 'kubeconfig.credentials',
    says: 'The file of the client certificate, */.kube/pki/me.crt, does not exist.',
    todo: 'Put the file back, or get a new kubeconfig.',
  },
  {
    name: 'its certificate has no key',
    prepare: (scene) =>
      scene.kubeconfig({
        server: nowhere,
        user: { 'client-certificate-data': Buffer.from(selfSigned().certificate).toString('base64') },
      }),
    code: 'kubeconfig.credentials',
    says: 'The kubeconfig has a client certificate without its key.',
    todo: 'Get a new kubeconfig.',
  },
  {
    name: 'its certificate is none',
    prepare: (scene) =>
      scene.kubeconfig({
        server: nowhere,
        user: {
          'client-certificate-data': Buffer.from('nothing').toString('base64'),
          'client-key-data': Buffer.from(canary).toString('base64'),
        },
      }),
    code: 'kubeconfig.credentials',
    says: 'The client certificate of the kubeconfig is no certificate.',
    todo: 'Get a new kubeconfig.',
  },
  {
    name: 'the authority is none',
    prepare: (scene) => scene.kubeconfig({ server: nowhere, authority: 'nothing' }),
    code: 'kubeconfig.credentials',
    says: 'The certificate authority of the kubeconfig is no certificate (PEM).',
    todo: 'Get a new kubeconfig.',
  },
  {
    name: 'the token file is not there',
    prepare: (scene) => scene.kubeconfig({ server: nowhere, user: { tokenFile: 'secrets/token' } }),
    code: 'kubeconfig.credentials',
    says: 'The file of the token, */.kube/secrets/token, does not exist.',
    todo: 'Put the file back, or get a new kubeconfig.',
  },
  {
    name: 'the token holds what no token has',
    prepare: (scene) => scene.kubeconfig({ server: nowhere, user: { token: `${canary}\u001B[31m\r\nX-Evil: 1` } }),
    code: 'kubeconfig.credentials',
    says: 'The token of the kubeconfig holds characters that no token has.',
    todo: 'Get a new token or kubeconfig.',
  },
  {
    name: 'the plugin is not installed',
    prepare: (scene) =>
      scene.kubeconfig({
        server: nowhere,
        user: plugin('cloud-login-that-nobody-has', { installHint: 'Get it from https://cloud.example.' }),
      }),
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "cloud-login-that-nobody-has" is not installed.',
    todo: `${byHand} Get it from https://cloud.example.`,
  },
  {
    name: 'the plugin fails',
    prepare: (scene) => script(scene, `printf 'session over \\033[31mtoken=${canary}\\n' >&2; exit 3`),
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "./plugin" failed (exit code 3): session over *.',
    todo: byHand,
  },
  {
    name: 'the plugin prints something else',
    prepare: (scene) => script(scene, `echo 'Welcome! ${canary}'`),
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "./plugin" did not print an ExecCredential but something else.',
    todo: byHand,
  },
  {
    name: 'the plugin speaks another version',
    prepare: (scene) =>
      script(
        scene,
        `echo '{"apiVersion":"client.authentication.k8s.io/v1alpha1","kind":"ExecCredential","status":{"token":"${canary}"}}'`,
      ),
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "./plugin" answered in version "client.authentication.k8s.io/v1alpha1" although *.',
    todo: byHand,
  },
  {
    name: 'the plugin prints without end',
    prepare: (scene) => script(scene, 'exec yes'),
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "./plugin" printed more than any ExecCredential holds.',
    todo: byHand,
  },
];

describe.concurrent('a kubeconfig that does not do:', () => {
  for (const { name, prepare, args = [], env = {}, ...failure } of cases) {
    it(name, async ({ scene }) => {
      prepare(scene);
      expectFailure(await scene.run([...look, ...args], { env, limitSeconds: 100 }), { exit: 69, ...failure });
    });
  }

  it('its client certificate has ended', async ({ scene }) => {
    const { certificate, key } = selfSigned({ from: -20, to: -3 });
    const server = await scene.http(
      (_, response) =>
        void response
          .writeHead(401, { 'Content-Type': 'application/json' })
          .end('{"kind":"Status","message":"Unauthorized"}'),
    );
    const data = (pem: string): string => Buffer.from(pem).toString('base64');
    scene.kubeconfig({ server, user: { 'client-certificate-data': data(certificate), 'client-key-data': data(key) } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unauthorized',
      says: 'The API server of context "faulty" (http://127.0.0.1:*) does not accept the client certificate of the context: it ended on * UTC.',
      todo: 'Log in again, or get a new kubeconfig (for Kind: `kind export kubeconfig`).',
    });
  });
});

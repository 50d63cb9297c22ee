import { spawn } from 'node:child_process';
import type { Manifest } from './scenario.ts';

/** What one call of kubectl printed. */
interface Told {
  readonly code: number;
  readonly output: string;
}

/** The names in manifests that stand for something: the namespace, and the time ten minutes ago. */
function filledIn(text: string, namespace: string): string {
  return text.replaceAll('$NS', namespace).replaceAll('$AGO', new Date(Date.now() - 600_000).toISOString());
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Changes the bed's cluster as a person would, with kubectl. Every call is bounded. */
export class ClusterHand {
  readonly #kubectl: string;
  readonly #kubeconfig: string;

  constructor(kubectl: string, kubeconfig: string) {
    this.#kubectl = kubectl;
    this.#kubeconfig = kubeconfig;
  }

  run(args: readonly string[], input = ''): Promise<Told> {
    return new Promise((resolve, reject) => {
      const env = { ...process.env, KUBECONFIG: this.#kubeconfig };
      const child = spawn(this.#kubectl, args, { env, timeout: 180_000 });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? 1, output }));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  async must(args: readonly string[], input = ''): Promise<string> {
    const { code, output } = await this.run(args, input);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} failed: ${output.slice(0, 2000)}`);
    return output;
  }

  async createNamespaces(names: readonly string[]): Promise<void> {
    const objects = names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    await this.must(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    // Pods are refused until the controller has made the default account.
    for (let tries = 0; tries < 100; tries += 1) {
      const accounts = await this.must([
        'get',
        'serviceaccounts',
        '-A',
        '-o',
        'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name} {end}',
      ]);
      const made = new Set(accounts.split(' '));
      if (names.every((name) => made.has(`${name}/default`))) return;
      await pause(500);
    }
    throw new Error('new namespaces have no default account');
  }

  /** Does the manifests one after the other; before each next one, what is there must be available. */
  async applyAll(namespace: string, manifests: readonly Manifest[]): Promise<void> {
    for (const [index, manifest] of manifests.entries()) {
      if (manifest.afterRestart) await this.#restarted(namespace);
      else if (index > 0) await this.settle(namespace);
      await this.#do(namespace, manifest);
    }
  }

  async #do(namespace: string, manifest: Manifest): Promise<void> {
    const args = {
      apply: ['apply', '-f', '-'],
      delete: ['delete', '--wait=false', '-f', '-'],
      status: ['apply', '--server-side', '--force-conflicts', '--subresource=status', '-f', '-'],
    }[manifest.deed];
    const text = filledIn(manifest.text, namespace);
    // A definition applied a moment ago may not be served yet, and two namespaces may make the same one at once.
    for (let tries = 0; tries < 10; tries += 1) {
      const { code, output } = await this.run(['-n', namespace, ...args], text);
      if (code === 0) return;
      const passes = ['no matches for kind', 'could not find the requested resource', 'AlreadyExists'].some((text) =>
        output.includes(text),
      );
      if (!passes) throw new Error(`in ${namespace}: ${output.slice(0, 2000)}`);
      await pause(1000);
    }
    throw new Error(`in ${namespace}: a kind is not served`);
  }

  async #restarted(namespace: string): Promise<void> {
    for (let tries = 0; tries < 180; tries += 1) {
      const counts = await this.must([
        '-n',
        namespace,
        'get',
        'pods',
        '-o',
        'jsonpath={.items[*].status.containerStatuses[*].restartCount}',
      ]);
      if (counts.split(' ').some((count) => Number(count) > 0)) return;
      await pause(1000);
    }
    throw new Error(`in ${namespace}: nothing restarts`);
  }

  async settle(namespace: string): Promise<void> {
    await this.run(['-n', namespace, 'wait', '--for=condition=Available', 'deployment', '--all', '--timeout=120s']);
    await this.run(['-n', namespace, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=120s']);
  }

  /** Deletes namespaces and what is the cluster's own of their manifests (it has `$NS` in its name), without waiting. */
  async remove(namespaces: ReadonlyMap<string, readonly Manifest[]>): Promise<void> {
    for (const [namespace, manifests] of namespaces) {
      for (const { deed, text } of manifests.toReversed()) {
        const clusters = text.includes('-$NS') || text.includes('$NS.');
        if (deed !== 'apply' || (!clusters && !text.includes('finalizers:'))) continue;
        const objects = filledIn(text, namespace);
        await this.run(['-n', namespace, 'delete', '--ignore-not-found', '--wait=false', '-f', '-'], objects);
        if (text.includes('finalizers:')) {
          await this.run(
            ['-n', namespace, 'patch', '--type=merge', '-p', '{"metadata":{"finalizers":null}}', '-f', '-'],
            objects,
          );
        }
      }
    }
    await this.run(['delete', 'namespace', '--ignore-not-found', '--wait=false', ...namespaces.keys()]);
  }

  /** Waits for deleted namespaces to be gone, a minute and a half at most: what still ends then may be stuck by design. */
  async gone(namespaces: readonly string[]): Promise<void> {
    await this.run(['wait', '--for=delete', '--timeout=90s', ...namespaces.map((name) => `namespace/${name}`)]);
  }
}

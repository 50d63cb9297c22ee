import { spawn } from 'node:child_process';

/** What one call of kubectl printed. */
interface Told {
  readonly code: number;
  readonly output: string;
}

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
      child.stdin.end(input);
    });
  }

  async must(args: readonly string[], input = ''): Promise<string> {
    const { code, output } = await this.run(args, input);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} failed: ${output.slice(0, 2000)}`);
    return output;
  }

  async createNamespace(name: string): Promise<void> {
    await this.must(['create', 'namespace', name]);
    // Pods are refused until the controller has made the default account.
    for (let tries = 0; tries < 100; tries += 1) {
      const { code } = await this.run(['-n', name, 'get', 'serviceaccount', 'default']);
      if (code === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`namespace ${name} has no default account`);
  }

  /** Applies manifests one after the other; before each next one, what is there must be available. */
  async applyAll(namespace: string, manifests: readonly string[]): Promise<void> {
    for (const [index, manifest] of manifests.entries()) {
      if (index > 0) await this.settle(namespace);
      await this.must(['-n', namespace, 'apply', '-f', '-'], manifest.replaceAll('$NS', namespace));
    }
  }

  async settle(namespace: string): Promise<void> {
    await this.run(['-n', namespace, 'wait', '--for=condition=Available', 'deployment', '--all', '--timeout=90s']);
    await this.run(['-n', namespace, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=90s']);
  }

  /** Deletes what was applied, cluster-scoped objects too, and the namespace, without waiting. */
  async remove(namespace: string, manifests: readonly string[]): Promise<void> {
    for (const manifest of manifests.toReversed()) {
      await this.run(['-n', namespace, 'delete', '--ignore-not-found', '--wait=false', '-f', '-'], manifest.replaceAll('$NS', namespace));
    }
    await this.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
  }
}

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A generated cluster behind a server in a process of its own. */
export interface ServedCluster {
  readonly url: string;
  readonly kubeconfig: string;
  readonly pods: number;
  readonly stop: () => void;
}

/** As `kubectl config` writes it. */
function kubeconfigFor(url: string): string {
  return `apiVersion: v1
clusters:
- cluster:
    insecure-skip-tls-verify: true
    server: ${url}
  name: bench
contexts:
- context:
    cluster: bench
    user: bench
  name: bench
current-context: bench
kind: Config
users:
- name: bench
  user: {}
`;
}

/** `brokenOneIn`: of how many Deployments one is broken, if not of as many as usual. */
export async function serveCluster(pods: number, brokenOneIn?: number): Promise<ServedCluster> {
  const program = join(import.meta.dirname, 'page-server.ts');
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=6000', program, String(pods), ...(brokenOneIn === undefined ? [] : [String(brokenOneIn)])],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim()));
    child.once('exit', (code) => reject(new Error(`the page server ended with ${code}`)));
    setTimeout(() => reject(new Error('the page server did not start')), 120_000).unref();
  });
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor(url));
  const stop = (): void => {
    child.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, kubeconfig, pods, stop };
}

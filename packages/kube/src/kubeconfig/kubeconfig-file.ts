import { flag, json, list, name, object, optional, strings, text, texts } from '@autodevops/domain/kubernetes/shape';
import type { Shaped } from '@autodevops/domain/kubernetes/shape';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { parsePlainKubeconfig } from './plain-kubeconfig.ts';

const execConfig = object({
  apiVersion: name,
  command: name,
  args: texts,
  env: list(object({ name, value: name })),
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: text,
});
export type ExecConfig = Shaped<typeof execConfig>;

const clusterEntry = object({
  server: name,
  'certificate-authority': name,
  'certificate-authority-data': name,
  'insecure-skip-tls-verify': flag,
  'tls-server-name': name,
  'proxy-url': name,
  extensions: list(object({ name, extension: json })),
});
export type ClusterEntry = Shaped<typeof clusterEntry>;

const userEntry = object({
  'client-certificate': name,
  'client-certificate-data': name,
  'client-key': name,
  'client-key-data': name,
  token: name,
  tokenFile: name,
  username: name,
  password: name,
  as: name,
  'as-uid': name,
  'as-groups': texts,
  'as-user-extra': json,
  exec: optional(execConfig),
  'auth-provider': optional(object({ name, config: strings })),
});
export type UserEntry = Shaped<typeof userEntry>;
/** A user about whom nothing is said. */
export const emptyUser: UserEntry = userEntry.read({});

const contextEntry = object({ cluster: name, user: name, namespace: name });
export type ContextEntry = Shaped<typeof contextEntry>;

const kubeconfigFile = object({
  'current-context': name,
  clusters: list(object({ name, cluster: clusterEntry })),
  users: list(object({ name, user: userEntry })),
  contexts: list(object({ name, context: contextEntry })),
});
export type KubeconfigFile = Shaped<typeof kubeconfigFile>;

function invalid(path: string, why: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'kubeconfig.invalid',
    `The kubeconfig ${oneLine(path, 200)} cannot be read: ${why}.`,
    remedy`Repair the file, or pass another one with ${{ do: 'choose-kubeconfig' }}.`,
  );
}

async function parseGeneral(content: string, path: string): Promise<unknown> {
  const { parseDocument } = await import('./parse-yaml.ts');
  try {
    const document = parseDocument(content, { logLevel: 'silent', prettyErrors: false, merge: true });
    const [error] = document.errors;
    // The parser's word for what would overflow the stack.
    if (error?.code === 'RESOURCE_EXHAUSTION') throw invalid(path, 'it is nested too deeply');
    if (error !== undefined) {
      throw invalid(
        path,
        `it is no YAML (${error.code.toLowerCase().replaceAll('_', ' ')} at character ${error.pos[0]})`,
      );
    }
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (error instanceof AutoDevOpsError) throw error;
    throw invalid(path, 'it is no YAML that can be read');
  }
}

function checkNames(path: string, what: string, entries: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    if (seen.has(entry.name)) throw invalid(path, `it has two ${what} named "${oneLine(entry.name, 80)}"`);
    seen.add(entry.name);
  }
}

/**
 * Reads one kubeconfig's text (YAML or JSON); `path` is for the error. The error never quotes the file, which holds
 * credentials. Throws `kubeconfig.invalid`.
 */
export async function parseKubeconfig(content: string, path: string): Promise<KubeconfigFile> {
  const raw = parsePlainKubeconfig(content) ?? (await parseGeneral(content.replace(/^\uFEFF/, ''), path));
  if (raw === null || raw === undefined) return kubeconfigFile.read({});
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    throw invalid(path, 'it is no kubeconfig but a single value or a list');
  }
  for (const part of ['clusters', 'users', 'contexts'] as const) {
    const value = (raw as Record<string, unknown>)[part];
    if (value !== undefined && value !== null && !Array.isArray(value)) {
      throw invalid(path, `its "${part}" is not a list`);
    }
  }
  const file = kubeconfigFile.read(raw);
  checkNames(path, 'clusters', file.clusters);
  checkNames(path, 'users', file.users);
  checkNames(path, 'contexts', file.contexts);
  return file;
}

import type { ClusterFollower, ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Agents } from './agent-door/agents.ts';
import type { Captured, CaptureTarget, ClusterChoice, Output, Surroundings, Watched } from './surroundings.ts';

/** Set by the build; not there when the source runs as it is. */
declare const AUTODEVOPS_VERSION: string | undefined;

async function versionFromSource(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

function output(stream: NodeJS.WriteStream): Output {
  const { isTTY, columns, rows } = stream;
  return {
    write: (text) => void stream.write(text),
    facts: { isTTY: isTTY === true, columns, rows, env: process.env, platform: process.platform },
  };
}

/** The recorded cluster behind an API server of its own on the loopback address: the same client code reads it. */
async function openSample(): Promise<ClusterReader> {
  const [{ openCluster }, { startReplayServer }, { plainAccess }, { readSample }, { recordedAt }] = await Promise.all([
    import('@autodevops/kube/reader'),
    import('@autodevops/kube/replay'),
    import('@autodevops/kube/plain-access'),
    import('./sample/sample.ts'),
    import('./sample/recorded-at.ts'),
  ]);
  const sample = await readSample();
  const server = await startReplayServer(sample);
  const reader = await openCluster({ access: plainAccess('the sample cluster', server.url) });
  return recordedAt(reader, sample.now, () => server.close());
}

/** A live cluster, a record of one, or the sample; adapters are loaded only when they are needed. */
async function open(choice: ClusterChoice, watched: Watched): Promise<ClusterReader> {
  if (choice.sample === true) return openSample();
  if (choice.from !== undefined) return (await import('@autodevops/bundles/reader')).openBundle(choice.from, watched);
  const reader = await (await import('@autodevops/kube/reader')).openCluster({ ...choice, signal: watched.signal });
  return (choice.prometheus ?? choice.alertmanager ?? choice.loki) === undefined
    ? reader
    : await withMonitoring(reader, choice);
}

/** An address, or a Service of the cluster that is read. */
function sourceFrom(word: string): { readonly url: string } | { readonly service: string } {
  return word.includes('://') ? { url: word } : { service: word };
}

async function withMonitoring(
  reader: ClusterReader,
  { prometheus, alertmanager, loki, ...cluster }: ClusterChoice,
): Promise<ClusterReader> {
  const { openSignals } = await import('@autodevops/agentd/open-signals');
  const named = Object.entries({ prometheus, alertmanager, loki }).flatMap(([name, word]) =>
    word === undefined ? [] : [[name, sourceFrom(word)] as const],
  );
  const opened = await openSignals({
    signals: { ...Object.fromEntries(named), withinSeconds: 3 },
    folder: '.',
    cluster,
  });
  if (opened === undefined) return reader;
  const close = async (): Promise<void> => {
    opened.close();
    await reader.close();
  };
  return { ...reader, signals: opened.sources, close };
}

async function follow(
  { from: _from, sample: _sample, ...choice }: ClusterChoice,
  { namespaces, signal }: Watched & { readonly namespaces: readonly string[] | undefined },
): Promise<ClusterFollower> {
  return await (await import('@autodevops/kube/follow')).followCluster({ ...choice, namespaces, signal });
}

async function capture(
  reader: ClusterReader,
  { path, namespaces, onProgress, signal }: CaptureTarget,
): Promise<Captured> {
  const [{ captureBundle }, { sizeOnDisk }] = await Promise.all([
    import('@autodevops/bundles/capture'),
    import('./looking/size-on-disk.ts'),
  ]);
  const {
    output: written,
    objects,
    logs,
    blindSpots,
  } = await captureBundle(reader, {
    output: path,
    onProgress,
    signal,
    ...(namespaces === undefined ? {} : { namespaces }),
  });
  return { path: written, objects, logs, bytes: await sizeOnDisk(written), blindSpots };
}

async function keepDetails(reference: string, details: string): Promise<string | undefined> {
  const [{ keepIn, logFolder }, { homedir }] = await Promise.all([import('./failure/error-log.ts'), import('node:os')]);
  return keepIn(
    logFolder(process.env, process.platform, homedir()),
    `${new Date().toISOString()} ${reference}\n${details}`,
  );
}

async function question(text: string, signal: AbortSignal): Promise<string | undefined> {
  const { askOnTerminal } = await import('./terminal/ask-on-terminal.ts');
  return await askOnTerminal({ input: process.stdin, output: process.stdout }, text, signal);
}

async function ownVersion(): Promise<string> {
  return typeof AUTODEVOPS_VERSION === 'string' ? AUTODEVOPS_VERSION : await versionFromSource();
}

/** This process and this machine, as the commands see them. Adapters are loaded when a command asks for them. */
export async function compose(): Promise<Surroundings> {
  const version = await ownVersion();
  const agents = async (): Promise<Agents> => (await import('./agent-door/compose.ts')).composeAgents(version);
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    version,
    agents,
    keeping: async () => (await import('./keeping/compose.ts')).composeKeeping((await agents()).settings),
    local: async (choice) => (await import('./local/compose.ts')).composeLocal(choice),
    slack: async () => (await import('./slack/compose.ts')).composeSlack(version, agents),
    environment: process.env,
    // Whoever looks at the standard input opens it.
    get canAsk() {
      return process.stdin.isTTY && process.stdout.isTTY;
    },
    question,
    machine: {
      nodeVersion: process.version,
      programVersion: async (program, args) =>
        (await import('./doctor/program-version.ts')).programVersion(program, args),
    },
    now: () => Date.now(),
    open,
    follow,
    capture,
    contextFacts: async (choice) => (await import('@autodevops/kube/kubeconfig')).readContextFacts(choice),
    permissions: async (choice) => (await import('@autodevops/kube/permissions')).readPermissions(choice),
    answers: async (choice, answerWithinMs) =>
      (await import('@autodevops/kube/reader')).clusterAnswers({ ...choice, answerWithinMs }),
    readFile: async (path) => (await import('node:fs/promises')).readFile(path, 'utf8'),
    keepDetails,
  };
}

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measured-process.ts';
import { serveCluster } from './served-cluster.ts';

/** What every round of a comparison uses. */
interface Prepared {
  readonly url: string;
  readonly kubeconfig: string;
  /** How many there are. */
  readonly pods: number;
  /** What comes after must find the machine as it was: it is waited for. */
  readonly stop: () => void | Promise<void>;
}

/** One figure, with its peer measured in turn. Without a peer the goal is in the figure's own unit. */
export interface Comparison {
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'kB' | '1/s';
  readonly goal?: { readonly atMost: number } | { readonly least: number };
  readonly prepare: () => Promise<Prepared>;
  readonly measure: (prepared: Prepared) => Promise<number>;
  readonly peer?: { readonly name: string; readonly measure: (prepared: Prepared) => Promise<number> };
}

const programs = join(import.meta.dirname, 'programs');
const cli = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'autodevops.mjs');
const nothing = async (): Promise<Prepared> => ({ url: '', kubeconfig: '', pods: 0, stop: () => {} });

/** What a program measured. Only where it saw every pod: half of the work is fast. */
async function figure(args: readonly string[], name: string, { pods }: Prepared): Promise<number> {
  const { figures } = await measure(args);
  const value = figures[name];
  if (value === undefined) throw new Error(`${args.join(' ')} reported no ${name}`);
  if (figures['pods'] !== pods) throw new Error(`${args.join(' ')} saw ${figures['pods']} of ${pods} pods`);
  return value;
}

/** How long the whole process takes to answer about one namespace, which has ten pods. */
async function namespaceAnswer({ kubeconfig }: Prepared): Promise<number> {
  const { milliseconds, output } = await measure([cli, 'diagnose', '-n', 'team-0', '--kubeconfig', kubeconfig]);
  if (!output.includes('10 pods')) {
    throw new Error(`the answer about one namespace saw other pods than its ten: ${output.slice(0, 500)}`);
  }
  return milliseconds;
}

/** How long until the sample's causes stand there, in a checkout that was set up before. */
async function startAnswer(): Promise<number> {
  const { npm_execpath: npm } = process.env;
  if (npm === undefined) throw new Error('npm start is measured by npm run bench alone: there npm says where it is');
  const env = { KUBECONFIG: join(tmpdir(), 'no-kubeconfig') };
  const { milliseconds, output } = await measure([npm, 'start', '--silent'], { env });
  if (!output.includes('Looked at ')) throw new Error(`npm start gave no answer: ${output.slice(0, 500)}`);
  return milliseconds;
}

const floor = async (p: Prepared): Promise<number> =>
  (await measure([join(programs, 'floor.ts'), p.url])).figures['milliseconds'] ?? Number.NaN;
const ours =
  (name: string) =>
  (p: Prepared): Promise<number> =>
    figure([join(programs, 'diagnosis.ts'), p.kubeconfig], name, p);
const typed =
  (name: string) =>
  (p: Prepared): Promise<number> =>
    figure([join(programs, 'client-node-diagnosis.ts'), p.kubeconfig], name, p);
const watch =
  (name: string, events = 0) =>
  (p: Prepared): Promise<number> =>
    figure(['--expose-gc', join(programs, 'watch.ts'), p.kubeconfig, p.url, String(events)], name, p);
const informer =
  (name: string, events = 0) =>
  (p: Prepared): Promise<number> =>
    figure(['--expose-gc', join(programs, 'client-node-informer.ts'), p.kubeconfig, p.url, String(events)], name, p);

const large = (): Promise<Prepared> => serveCluster(10_000);
const bareNode = async (): Promise<number> => (await measure(['-e', '0'])).milliseconds;

export const comparisons: readonly Comparison[] = [
  {
    what: 'cold diagnosis of 10,000 pods against the floor',
    unit: 'ms',
    goal: { atMost: 7 },
    prepare: large,
    measure: ours('milliseconds'),
    peer: { name: 'GET and drop', measure: floor },
  },
  {
    what: 'cold diagnosis of 10,000 pods against typed lists',
    unit: 'ms',
    goal: { atMost: 0.5 },
    prepare: large,
    measure: ours('milliseconds'),
    peer: { name: 'typed lists, same rules', measure: typed('milliseconds') },
  },
  {
    what: 'peak memory of that diagnosis',
    unit: 'MB',
    goal: { atMost: 0.5 },
    prepare: large,
    measure: ours('peakMegabytes'),
    peer: { name: 'typed lists, same rules', measure: typed('peakMegabytes') },
  },
  {
    what: 'longest event-loop stall of that diagnosis',
    unit: 'ms',
    goal: { atMost: 100 },
    prepare: large,
    measure: ours('longestStall'),
  },
  {
    what: 'watch cache of 10,000 pods in step',
    unit: 'ms',
    goal: { atMost: 0.5 },
    prepare: large,
    measure: watch('syncMilliseconds'),
    peer: { name: 'informer', measure: informer('syncMilliseconds') },
  },
  {
    what: 'longest event-loop stall while coming into step',
    unit: 'ms',
    goal: { atMost: 100 },
    prepare: large,
    measure: watch('longestStall'),
  },
  {
    what: 'memory kept for a watched pod',
    unit: 'kB',
    goal: { atMost: 0.125 },
    prepare: large,
    measure: watch('keptPerPod'),
    peer: { name: 'informer', measure: informer('keptPerPod') },
  },
  {
    what: 'peak memory while coming into step',
    unit: 'MB',
    goal: { atMost: 0.5 },
    prepare: large,
    measure: watch('peakMegabytes'),
    peer: { name: 'informer', measure: informer('peakMegabytes') },
  },
  {
    what: 'watch events a second with the diagnosis kept current',
    unit: '1/s',
    goal: { least: 1.5 },
    prepare: large,
    measure: watch('eventsPerSecond', 20_000),
    peer: { name: 'informer, events only', measure: informer('eventsPerSecond', 20_000) },
  },
  {
    what: 'warm answer on 1,000 pods',
    unit: 'ms',
    prepare: () => serveCluster(1000),
    measure: watch('warmMilliseconds'),
  },
  {
    what: '`autodevops version`',
    unit: 'ms',
    goal: { atMost: 1.5 },
    prepare: nothing,
    measure: async () => (await measure([cli, 'version'])).milliseconds,
    peer: { name: '`node -e 0`', measure: bareNode },
  },
  {
    what: '`autodevops diagnose -n` of a small namespace',
    unit: 'ms',
    goal: { atMost: 3 },
    prepare: () => serveCluster(20),
    measure: namespaceAnswer,
    peer: { name: '`node -e 0` and the floor', measure: async (p) => (await bareNode()) + (await floor(p)) },
  },
  {
    what: 'a second `npm start`',
    unit: 'ms',
    goal: { atMost: 3000 },
    prepare: async () => {
      await startAnswer();
      return nothing();
    },
    measure: startAnswer,
  },
];

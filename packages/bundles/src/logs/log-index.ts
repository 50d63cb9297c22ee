import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { looseLogName, strictLogName } from './log-name.ts';
import type { LogName } from './log-name.ts';

/** Where a log lies: a whole file, or the section of a dump that names the container. */
export interface LogPlace {
  readonly path: string;
  readonly section: boolean;
}

export type LogIndex = ReadonlyMap<string, LogPlace>;

/** A file of the bundle that may hold logs; `sections` when markers inside say whose. */
export interface LogFile {
  readonly path: string;
  readonly sections: readonly LogName[];
}

export function logKey(name: LogName): string {
  return `${name.namespace}/${name.pod}/${name.container}/${name.previous ? 'previous' : 'current'}`;
}

interface PodFacts {
  readonly namespaces: string[];
  readonly containers: Map<string, readonly string[]>;
}

function podFacts(pods: Iterable<Pod>): Map<string, PodFacts> {
  const facts = new Map<string, PodFacts>();
  for (const { metadata, spec } of pods) {
    const held = facts.get(metadata.name) ?? { namespaces: [], containers: new Map<string, readonly string[]>() };
    held.namespaces.push(metadata.namespace);
    held.containers.set(
      metadata.namespace,
      [...spec.containers, ...spec.initContainers].map(({ name }) => name),
    );
    facts.set(metadata.name, held);
  }
  return facts;
}

/** Corrects a name by what the pod says: its only container, or a container that is really called `x-previous`. */
function settle(name: LogName, facts: ReadonlyMap<string, PodFacts>): LogName | undefined {
  const containers = facts.get(name.pod)?.containers.get(name.namespace);
  if (containers === undefined) return name.container === '' ? undefined : name;
  if (name.container === '') {
    const [only] = containers;
    return only !== undefined && containers.length === 1 ? { ...name, container: only } : undefined;
  }
  if (name.previous && !containers.includes(name.container)) {
    const whole = containers.find(
      (container) => /[._-]previous$/.test(container) && container.startsWith(name.container),
    );
    if (whole !== undefined) return { ...name, container: whole, previous: false };
  }
  return name;
}

const run = /^(.*\/pods\/[^/_]+_[^/_]+_[^/]+\/[^/]+\/)(\d{1,9})\.log$/;

/** How many times a container began after what a file of the kubelet holds, as far as there are files: it keeps one for each run. */
function laterRuns(files: readonly LogFile[]): (path: string) => number {
  const runs = new Map<string, number[]>();
  for (const { path } of files) {
    const [, folder = '', number = ''] = run.exec(`/${path}`) ?? [];
    if (folder !== '') runs.set(folder, [...(runs.get(folder) ?? []), Number(number)]);
  }
  return (path) => {
    const [, folder = '', number = ''] = run.exec(`/${path}`) ?? [];
    return (runs.get(folder) ?? []).filter((other) => other > Number(number)).length;
  };
}

/** Which log lies where. Of two files for one log the first stays. */
export function indexLogs(files: readonly LogFile[], pods: Iterable<Pod>): LogIndex {
  const facts = podFacts(pods);
  const index = new Map<string, LogPlace>();
  const add = (name: LogName, place: LogPlace): void => {
    const key = logKey(name);
    if (!index.has(key)) index.set(key, place);
  };
  const later = laterRuns(files);
  for (const { path, sections } of files) {
    if (later(path) > 1) continue;
    for (const name of sections) add(name, { path, section: true });
    if (sections.length > 0) continue;
    const named = strictLogName(path) ?? looseLogName(path, (pod) => facts.get(pod)?.namespaces ?? []);
    const settled = named === undefined ? undefined : settle(named, facts);
    if (settled !== undefined) {
      add(later(path) === 1 ? { ...settled, previous: true } : settled, { path, section: false });
    }
  }
  return index;
}

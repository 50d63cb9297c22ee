import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { literalPattern } from '../../literal-pattern.ts';
import { environmentOf } from './environment.ts';
import type { Variable } from './environment.ts';
import type { ContainerView } from '../pod-status.ts';

/** The place where a container is told a setting. */
export interface SettingSource {
  readonly object: ObjectRef;
  /** `data.my.cnf`, `spec.containers[0].args[2]` */
  readonly path: string;
  /** The line or value as it stands there. */
  readonly text: string;
  /** `line 2 of key "my.cnf" of ConfigMap "db"` */
  readonly where: string;
}

/** Shorter words stand everywhere. */
const leastLength = 4;
const mostWords = 6;

/** What a complaint quotes: a setting, a field, a directive, an option; and names of settings that stand without quotes. */
function quotedIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/["'`]([^"'`\s][^"'`\n]{2,120})["'`]/g)].map((found) => found[1] ?? '');
  const bare = [
    ...text.matchAll(/\bfield (\w{3,60}) not found\b|\binvalid keys?: (\w{3,60})|\bdialects:(\w{3,60})/g),
  ].map((found) => found[1] ?? found[2] ?? (found[3] === undefined ? '' : `${found[3]}:`));
  const named = [...text.matchAll(/\b[a-z]{2,30}(?:_[a-z]{1,30}){2,8}\b/g)].map(([name]) => name);
  return [...new Set([...quoted, ...bare, ...named])]
    .filter((word) => word.length >= leastLength && !word.startsWith('/') && /[a-z]/i.test(word))
    .slice(0, mostWords);
}

/** The ConfigMaps of which the container mounts or reads something. */
function configMapsOf({ spec }: Pod, { spec: container }: ContainerView): readonly string[] {
  const mounted = spec.volumes
    .filter(({ name }) => container.volumeMounts.some((mount) => mount.name === name))
    .map(({ configMap }) => configMap?.name);
  const read = [
    ...container.envFrom.map(({ configMapRef }) => configMapRef?.name),
    ...container.env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
  ];
  return [...new Set([...mounted, ...read].filter((name) => name !== undefined))];
}

function inConfigMaps(snapshot: Snapshot, pod: Pod, view: ContainerView, word: string): SettingSource | undefined {
  for (const name of configMapsOf(pod, view)) {
    const map = snapshot.get('ConfigMap', pod.metadata.namespace, name);
    for (const [key, value] of Object.entries(map?.data ?? {})) {
      const lines = value.split('\n');
      const at = lines.findIndex((line) => line.includes(word));
      if (map === undefined || at < 0) continue;
      return {
        object: refTo('ConfigMap', map),
        path: `data.${key}`,
        text: (lines[at] ?? '').trim(),
        where: `${lines.length > 2 ? `line ${at + 1} of ` : ''}key "${key}" of ConfigMap "${name}"`,
      };
    }
  }
  return undefined;
}

function inTemplate(pod: Pod, { spec, path }: ContainerView, word: string): SettingSource | undefined {
  const object = refTo('Pod', pod);
  for (const field of ['args', 'command'] as const) {
    const at = spec[field].findIndex((given) => given.includes(word));
    if (at >= 0) {
      return {
        object,
        path: `${path}.${field}[${at}]`,
        text: spec[field][at] ?? '',
        where: `${field} of the container`,
      };
    }
  }
  const at = spec.env.findIndex(({ value }) => value?.includes(word) === true);
  const variable = spec.env[at];
  return variable === undefined
    ? undefined
    : {
        object,
        path: `${path}.env[${at}].value`,
        text: `${variable.name}=${variable.value ?? ''}`,
        where: `variable ${variable.name}`,
      };
}

function ofVariable({ name, value = '', object, path }: Variable): SettingSource {
  const key = path.startsWith('data.')
    ? `key "${path.slice('data.'.length)}" of ConfigMap "${object.name}"`
    : 'the pod template';
  return { object, path, text: `${name}=${value}`, where: `variable ${name}, set by ${key}` };
}

/** A variable that the complaint names, with the place from which its value comes. */
function inVariables(snapshot: Snapshot, pod: Pod, view: ContainerView, complaint: string): SettingSource | undefined {
  const names = new Set([...complaint.matchAll(/(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{3,60}/g)].map(([name]) => name));
  const set = environmentOf(snapshot, pod, view).findLast(({ name, value }) => names.has(name) && value !== undefined);
  return set === undefined ? undefined : ofVariable(set);
}

/** A word that stands in a value by itself: `orders` in `db:5432/orders?x=1`, neither in `orders-db` nor in `reorders`. */
function standsIn(value: string, word: string): boolean {
  return new RegExp(String.raw`(?<![\w-])${literalPattern(word)}(?![\w-])`).test(value);
}

/** Names that a server quotes (of a database, a user, a topic), also where it puts a list of them into brackets. */
function namesQuoted(text: string): readonly string[] {
  const found = [...text.matchAll(/["'`[]([\w.-]{2,80})["'`\]]/g)].map(([, name = '']) => name);
  return [...new Set(found)].slice(0, mostWords);
}

/**
 * The variable whose value is, or holds as a part of its own, a name that a complaint quotes; of several, one that is
 * called as `about` says. Undefined where none is to be seen.
 */
export function variableWith(
  snapshot: Snapshot,
  { pod, view }: { readonly pod: Pod; readonly view: ContainerView },
  complaint: string,
  about: RegExp,
): SettingSource | undefined {
  const names = namesQuoted(complaint.replaceAll('\\"', '"'));
  const holding = environmentOf(snapshot, pod, view).filter(
    ({ value }) => value !== undefined && names.some((name) => standsIn(value, name)),
  );
  const called = holding.findLast(({ name }) => about.test(name)) ?? (holding.length === 1 ? holding[0] : undefined);
  return called === undefined ? undefined : ofVariable(called);
}

/** Where the container is told what a line of its output quotes and complains of; undefined where it is nowhere to be seen. */
export function settingSource(
  snapshot: Snapshot,
  pod: Pod,
  view: ContainerView,
  complaint: string,
): SettingSource | undefined {
  for (const word of quotedIn(complaint.replaceAll('\\"', '"'))) {
    const found = inConfigMaps(snapshot, pod, view, word) ?? inTemplate(pod, view, word);
    if (found !== undefined) return found;
  }
  return inVariables(snapshot, pod, view, complaint);
}

import { listKeys } from '@autodevops/domain/change/list-keys';
import { isRecord } from '@autodevops/domain/raw-record';
import { secretMask } from '@autodevops/domain/redact';
import { parse } from 'yaml';
import type { FieldPath } from './field-path.ts';
import { fieldAt } from './field-value.ts';

/** Letters; longer values are cut by the agent, and then are no values. */
const longest = 2100;

type Step = readonly [segment: string, step: string | number];

function isEntered(rest: string, segment: string): boolean {
  return rest.startsWith(segment) && /^(?:$|[.[])/.test(rest.slice(segment.length));
}

/** Entries of a list that a path leads into: by what they are called, else by their place. */
function entriesInto(list: readonly unknown[], rest: string): readonly Step[] {
  const named = listKeys.flatMap((key) =>
    list.flatMap((entry, index): readonly Step[] => {
      const name = isRecord(entry) && Object.hasOwn(entry, key) ? entry[key] : undefined;
      return typeof name === 'string' || typeof name === 'number' ? [[`[${name}]`, index]] : [];
    }),
  );
  const entered = named.filter(([segment]) => isEntered(rest, segment));
  return entered.length > 0
    ? entered
    : list.map((_, index): Step => [`[${index}]`, index]).filter(([segment]) => isEntered(rest, segment));
}

function stepsInto(value: unknown, rest: string): readonly Step[] {
  if (Array.isArray(value)) return entriesInto(value, rest);
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .map((key): Step => [/[.[\]]/.test(key) ? `[${key}]` : `.${key}`, key])
    .filter(([segment]) => isEntered(rest, segment));
}

/** Undefined also where two entries have the name: nothing tells which of them is meant. */
function pathWithin(value: unknown, rest: string): FieldPath | undefined {
  if (rest === '') return [];
  const [first, ...others] = stepsInto(value, rest);
  if (first === undefined || others.some(([, step]) => step !== first[1])) return undefined;
  const [segment, step] = first;
  const within = pathWithin(fieldAt(value, [step]), rest.slice(segment.length));
  return within === undefined ? undefined : [step, ...within];
}

/** Where an object has the field that a change calls `spec.template.spec.containers[web].image`; undefined where it has none. */
export function pathOfChanged(value: unknown, field: string): FieldPath | undefined {
  if (field === '' || field.length > longest) return undefined;
  return pathWithin(value, field.startsWith('[') ? field : `.${field}`);
}

/** Whether a value of a change is kept secret, whole or in a part. */
export function isMasked(written: string): boolean {
  return written.includes(secretMask);
}

/** A value as a change writes it, on one line of YAML; undefined where it says that there is nothing, or is no value. */
export function changedValue(written: string): unknown {
  if (written === '' || written.length > longest) return undefined;
  try {
    return parse(written, { logLevel: 'error', prettyErrors: false, maxAliasCount: 0 }) as unknown;
  } catch {
    return undefined;
  }
}

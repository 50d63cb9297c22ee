import { secretMask } from '@autodevops/domain/redact';
import { fieldAt } from '../patches/field-patch.ts';
import type { FieldPath } from '../patches/field-patch.ts';
import { looksSecret } from './looks-secret.ts';

interface Leaf {
  readonly path: FieldPath;
  readonly value: string;
}

/** Fields that hold the name of something, never a value: what is judged by them must stay readable. */
const naming =
  /^(?:apiVersion|kind|name|[a-z]+Name|namespace|uid|image|key|operator|path|mountPath|subPath|type|verb|resource)$/;
/** Where people put values under any key. */
const holdsValues = (path: FieldPath): boolean =>
  ['data', 'stringData', 'binaryData', 'annotations'].some((field) => path.slice(0, -1).includes(field));

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Every text in a value with the way to it, in order. An explicit stack: depth is the writer's choice. */
export function textLeaves(root: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const open: { readonly path: FieldPath; readonly value: unknown }[] = [{ path: [], value: root }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string') leaves.push({ path, value });
    if (!isContainer(value)) continue;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? value.map((item: unknown, index) => [index, item] as const)
      : Object.entries(value);
    for (const [key, inner] of entries.toReversed()) open.push({ path: [...path, key], value: inner });
  }
  return leaves;
}

/** By what a text at a path is judged: the variable's name for its `value`, the flag before an argument, its key otherwise. */
function namesAt(object: unknown, path: FieldPath): readonly string[] {
  const [parentPath, key] = [path.slice(0, -1), path.at(-1)];
  if (key === undefined) return [];
  const parent = fieldAt(object, parentPath);
  if (Array.isArray(parent) || (typeof key === 'number' && parent === undefined)) {
    const flag: unknown = Array.isArray(parent) ? parent[Number(key) - 1] : undefined;
    return typeof flag === 'string' && /^--?[A-Za-z][\w.-]*$/.test(flag) ? [flag] : [];
  }
  const named = fieldAt(parent, ['name']);
  return key === 'value' && typeof named === 'string' ? [named] : [String(key)];
}

/** A text that is JSON is as secret as what is in it: the last applied configuration, a settings file in a variable. */
export function holdsSecret(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    const inner: unknown = JSON.parse(text);
    return textLeaves(inner).some(({ path, value }) => isSecretText([inner], path, value));
  } catch {
    return false;
  }
}

/** Whether the text at a path looks like a credential, by itself or by what it is called there in one of the views. */
export function isSecretText(views: readonly unknown[], path: FieldPath, value: string): boolean {
  const key = path.at(-1);
  const names = views.flatMap((view) => namesAt(view, path));
  if (typeof key === 'string' && naming.test(key) && !holdsValues(path) && names.every((name) => name === key)) {
    return false;
  }
  return ['', ...names].some((name) => looksSecret(name, value)) || holdsSecret(value);
}

/** A value with the mask in place of texts that look like credentials. `path`: where it stands in the views. */
export function maskedValue(value: unknown, views: readonly unknown[] = [], path: FieldPath = []): unknown {
  const copy = { root: structuredClone(value) };
  for (const leaf of textLeaves(value)) {
    const inside = leaf.path.length > 0 && isSecretText([value], leaf.path, leaf.value);
    if (!inside && !isSecretText(views, [...path, ...leaf.path], leaf.value)) continue;
    const place = ['root', ...leaf.path];
    (fieldAt(copy, place.slice(0, -1)) as Record<string | number, unknown>)[place.at(-1) ?? ''] = secretMask;
  }
  return copy.root;
}

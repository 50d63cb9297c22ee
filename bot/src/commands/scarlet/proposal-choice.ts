import type { AgentClient } from '@autodevops/agentd/client';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import type { NamedObject } from '../words/object-words.ts';

type Fixes = Awaited<ReturnType<AgentClient['fixes']>>;
export type Fixable = Fixes['fixes'][number];
type Values = ActionRequest['params'];

/** What is wanted of a cause: one action, where it is named, with the values that a person gave. */
export interface Wanted {
  readonly action: string | undefined;
  readonly values: Values;
}

/** `KEY=VALUE` for each; a value is text. Throws `usage` for a word that is none. */
export function valuesFrom(words: readonly string[]): Values {
  return Object.fromEntries(
    words.map((word) => {
      const [, key, value] = /^([A-Za-z][\w.-]{0,100})=([\s\S]*)$/.exec(word) ?? [];
      if (key === undefined || value === undefined) {
        throw new AutoDevOpsError(
          'usage',
          `"${oneLine(word, 60)}" is not KEY=VALUE.`,
          'Write for example --set value=3.',
        );
      }
      return [key, value];
    }),
  );
}

function isMeant({ kind, name, namespace }: NamedObject, object: Fixable['cause']['object']): boolean {
  return kind === object.kind && name === object.name && (namespace === undefined || namespace === object.namespace);
}

/**
 * The cause that is meant: the top one of those on what was named, or that show there; of these rather one that
 * something can be done about. Throws `usage` where there is none.
 */
export function causeMeant({ fixes, diagnosis }: Fixes, objects: readonly NamedObject[]): Fixable {
  const theirs =
    objects.length === 0
      ? fixes
      : fixes.filter(({ cause }) =>
          [cause.object, ...cause.symptoms.map(({ object }) => object)].some((object) =>
            objects.some((one) => isMeant(one, object)),
          ),
        );
  const found = theirs.find(({ proposals, open }) => proposals.length + open.length > 0) ?? theirs[0];
  if (found === undefined) {
    throw new AutoDevOpsError(
      'usage',
      objects.length === 0 ? 'There is nothing to fix.' : 'Nothing is wrong there that could be fixed.',
      diagnosis.summary,
    );
  }
  return found;
}

function askedFor({ asks }: Fixable['open'][number]): string {
  return asks.map((name) => `--set ${name}=…`).join(' ');
}

/** A list or a map as JSON has them; undefined for anything else. */
function structureIn(value: Values[string] | undefined): Values[string] | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Values[string];
  } catch {
    return undefined;
  }
}

/** With a person's values as text; after it, where they may be lists or maps, as those. The action's own schema takes one of them. */
function completed({ open }: Fixable, values: Values): readonly ActionRequest[] {
  const whole = open.filter(({ asks }) => asks.every((name) => Object.hasOwn(values, name)));
  return whole.flatMap(({ request, asks }) => {
    const filled = (valueOf: (name: string) => Values[string]): ActionRequest => ({
      ...request,
      params: { ...request.params, ...Object.fromEntries(asks.map((name) => [name, valueOf(name)])) },
    });
    const isStructured = asks.some((name) => structureIn(values[name]) !== undefined);
    return [
      filled((name) => values[name] ?? null),
      ...(isStructured ? [filled((name) => structureIn(values[name]) ?? values[name] ?? null)] : []),
    ];
  });
}

/** The ways that would help, best first: those that a person's values complete, then those that are whole by themselves. Throws `usage` where none is left. */
export function waysFor(fixable: Fixable, { action, values }: Wanted): readonly ActionRequest[] {
  const theirs = completed(fixable, values);
  const given = Object.keys(values);
  const lacking = fixable.open.map(askedFor).join(' or ');
  if (given.length > 0 && theirs.length === 0) {
    throw new AutoDevOpsError(
      'usage',
      `Nothing that would help here takes ${oneLine(given.join(', '), 100)}.`,
      lacking === '' ? 'Leave --set out.' : `Give ${lacking}.`,
    );
  }
  const whole = [...theirs, ...fixable.proposals];
  const named = action === undefined ? whole : whole.filter((request) => request.action === action);
  if (named.length > 0) return named;
  const [waiting] = fixable.open.filter(({ request }) => action === undefined || request.action === action);
  if (waiting !== undefined) {
    throw new AutoDevOpsError(
      'usage',
      `${waiting.request.action} needs what only a person can give.`,
      `Add ${askedFor(waiting)}.`,
    );
  }
  const others = [...new Set(whole.map((request) => request.action))];
  const step = fixable.manual[0] ?? 'Look at it with /jamie diagnose.';
  throw new AutoDevOpsError(
    'usage',
    action === undefined
      ? `Scarlet can do nothing about "${oneLine(fixable.cause.title, 100)}" by herself.`
      : `${oneLine(action, 60)} is none of the ways that would help here.`,
    others.length === 0 ? step : `There is ${others.join(', ')}.`,
  );
}

export function proposalFor(
  {
    cause: {
      code,
      title,
      cause,
      object: { kind, namespace, name },
    },
  }: Fixable,
  request: ActionRequest,
): {
  readonly requests: ActionRequest[];
  readonly reason: string;
  readonly finding: { readonly code: string; readonly kind: string; readonly namespace: string; readonly name: string };
} {
  return { requests: [request], reason: `${title}: ${cause}`.slice(0, 1000), finding: { code, kind, namespace, name } };
}

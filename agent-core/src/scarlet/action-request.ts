import { z } from 'zod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { nameList } from '../reading/name-list.ts';
import { nearMatches } from '../reading/near-match.ts';
import type { Action, TypedRequest } from './action.ts';
import { actions } from './actions/registry.ts';
import { malformed } from './refusal.ts';

/** An object by names that Kubernetes allows: what is shown in sentences and put into paths. */
const Target = z.strictObject({
  apiVersion: z
    .string()
    .max(253)
    .regex(/^([a-z0-9.-]+\/)?[a-z0-9]+$/, 'not an API version'),
  kind: z
    .string()
    .max(63)
    .regex(/^[A-Za-z][A-Za-z0-9]*$/, 'not a kind'),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9-]*$/, 'not a namespace'),
  name: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9][A-Za-z0-9.:_-]*$/, 'not the name of an object'),
  uid: z
    .string()
    .max(128)
    .regex(/^[A-Za-z0-9-]*$/, 'not a uid'),
});

function requestShape({ name, params }: Action) {
  return z.strictObject({ action: z.literal(name), target: Target, params });
}

type Shapes = [ReturnType<typeof requestShape>, ...ReturnType<typeof requestShape>[]];

/** Every request that there can be: the closed union of the registry's actions, each with its own parameters. */
export const actionUnion = z.discriminatedUnion('action', actions.map(requestShape) as Shapes);

/** A request that names an action of the registry and has parameters that this action reads. */
export interface ReadRequest {
  readonly action: Action;
  readonly target: ObjectRef;
  readonly params: TypedRequest<unknown>['params'];
}

function actionNamed(name: unknown): Action {
  const found = actions.find((action) => action.name === name);
  if (found !== undefined) return found;
  const shown = oneLine(String(name), 60);
  const near = nearMatches(
    shown,
    actions.map((action) => action.name),
  );
  return malformed(
    `There is no action "${shown}".`,
    near.length > 0
      ? `Did you mean ${nameList(near)}?`
      : remedy`Choose one of the catalogue (${{ do: 'list-actions' }}).`,
  );
}

/** Codes by which Jamie tells, of its target, that an action was done. */
export function toldBy(name: string): readonly string[] {
  return actions.find((action) => action.name === name)?.toldBy ?? [];
}

/** Keys that the parameters may have, where their schema is an object's. */
function keysOf(schema: z.ZodType): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

/** What is wrong with the name of an entry is told in its own words. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

function issueText(issue: z.core.$ZodIssue, action: Action): string {
  const place = oneLine(issue.path.join('.'), 200);
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return `${place === '' ? 'request' : place} is missing`;
  }
  if (issue.code !== 'unrecognized_keys') return `${place === '' ? 'request' : place}: ${messageOf(issue)}`;
  return issue.keys
    .map((key) => {
      const near = place === 'params' ? nearMatches(key, keysOf(action.params)) : [];
      return `${place === '' ? '' : `${place}.`}${oneLine(key, 60)} is not known${near.length > 0 ? `, did you mean ${nameList(near)}` : ''}`;
    })
    .join('; ');
}

/** Reads a request from outside. Throws `change.invalid`: no such action, a parameter that is not right. */
export function readActionRequest(value: unknown): ReadRequest {
  const name = typeof value === 'object' && value !== null && 'action' in value ? value.action : undefined;
  const action = actionNamed(name);
  const read = actionUnion.safeParse(value, { reportInput: true });
  if (read.success) return { action, target: read.data.target, params: read.data.params };
  const { issues } = read.error;
  // A misspelt key is why another one is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const keys = keysOf(action.params);
  return malformed(
    `The request for ${action.name} is not right: ${issue === undefined ? 'it cannot be read' : issueText(issue, action)}.`,
    `Correct the request${keys.length === 0 ? '' : `; ${action.name} takes ${nameList(keys, keys.length)}`}.`,
  );
}

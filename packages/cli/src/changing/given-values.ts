import { printable } from '@autodevops/domain/printable';
import { usageError } from '../options/usage-error.ts';
import type { ActionRequest, Fixable } from './fixable.ts';

type Values = ActionRequest['params'];

/** `--set value=…` for each parameter that a person has to give. */
export function askedFor({ asks }: Fixable['open'][number]): string {
  return asks.map((name) => `--set ${name}=…`).join(' ');
}

/** What is complete with the values that a person gave. */
export function completedBy({ open }: Fixable, values: Values): readonly ActionRequest[] {
  const whole = open.filter(({ asks }) => asks.every((name) => Object.hasOwn(values, name)));
  return whole.map(({ request, asks }) => ({
    ...request,
    params: { ...request.params, ...Object.fromEntries(asks.map((name) => [name, values[name] ?? null])) },
  }));
}

/**
 * The ways that would help: those that a person's values complete, then those that are whole by themselves; of one action
 * where it is named. Throws `usage` for an action that is none of them or lacks its values, and for values that nothing takes.
 */
export function waysFor(
  fixable: Fixable,
  { action, values }: { readonly action: string | undefined; readonly values: Values },
): readonly ActionRequest[] {
  const completed = completedBy(fixable, values);
  const given = Object.keys(values);
  if (given.length > 0 && completed.length === 0) {
    throw usageError(
      `Nothing that would help here takes ${given.map((name) => printable(name)).join(', ')}.`,
      fixable.open.length === 0 ? 'Leave --set out.' : `Give ${fixable.open.map(askedFor).join(' or ')}.`,
    );
  }
  const whole = [...completed, ...fixable.proposals];
  const named = action === undefined ? whole : whole.filter((request) => request.action === action);
  if (named.length > 0 || action === undefined) return named;
  const lacking = fixable.open.find(({ request }) => request.action === action);
  if (lacking !== undefined) {
    throw usageError(`${printable(action)} needs what only a person can give.`, `Add ${askedFor(lacking)}.`);
  }
  const others = [
    ...new Set([...fixable.proposals, ...fixable.open.map(({ request }) => request)].map((request) => request.action)),
  ];
  throw usageError(
    `${printable(action)} is none of the ways that would help here.`,
    others.length === 0 ? 'There is none that Scarlet can do.' : `There is ${others.join(', ')}.`,
  );
}

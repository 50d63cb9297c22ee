import type { TypedRequest } from './action.ts';
import { refuse } from './refusal.ts';

/** Refused unless a person asks: `what` is nothing that can be read off the cluster. */
export function givenByPerson({ from }: Pick<TypedRequest<unknown>, 'from'>, what: string): void {
  if (from !== 'person') refuse(`${what} has to come from a person.`, 'Let a person ask for it.');
}

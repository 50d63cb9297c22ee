import * as fc from 'fast-check';
import type { z } from 'zod';
import { hostileText } from './hostile-text.ts';

/** The parts of a zod schema that say what it holds. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly format?: string;
  readonly items?: readonly Schema[];
}
type Schema = z.ZodType;

function definitionOf(schema: Schema): Definition {
  return schema.def as unknown as Definition;
}

function ofObject(shape: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const names = Object.keys(shape);
  const optional = names.filter((name) => definitionOf(shape[name] as Schema).type === 'optional');
  return fc.record(Object.fromEntries(names.map((name) => [name, arbitraryOf(shape[name] as Schema)])), {
    requiredKeys: names.filter((name) => !optional.includes(name)),
  });
}

/** Where an address that the agent makes leads: to a server that an administrator named, whatever is in its query. */
export const ownServer = 'https://grafana.example/';

function ownAddress(foreign: string): string {
  return `${ownServer}explore?${new URLSearchParams({ query: foreign.toWellFormed() }).toString()}`;
}

function times(): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
}

/** A value of the schema's type; every text in it is hostile, or a time. Bounds and patterns of texts are not kept: what renders may not rely on them. */
export function arbitraryOf<T>(schema: z.ZodType<T>): fc.Arbitrary<T> {
  const definition = definitionOf(schema as unknown as Schema);
  return made(definition) as fc.Arbitrary<T>;
}

function made({
  type,
  shape,
  element,
  innerType,
  options,
  entries,
  values,
  format,
  items,
}: Definition): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      if (format === 'url') return hostileText.map(ownAddress);
      return fc.oneof({ weight: 4, arbitrary: hostileText }, { weight: 1, arbitrary: times() });
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(values ?? []));
    case 'object':
      return ofObject(shape ?? {});
    case 'array':
      return fc.array(arbitraryOf(element as Schema), { maxLength: 6 });
    case 'record':
      return fc.dictionary(fc.string({ maxLength: 10 }), fc.nat({ max: 500 }), { maxKeys: 4 });
    case 'tuple':
      return fc.tuple(...(items ?? []).map((item) => arbitraryOf(item)));
    case 'union':
      return fc.oneof(...(options ?? []).map((option) => arbitraryOf(option)));
    case 'optional':
    case 'default':
    case 'nullable':
    case 'catch':
      return arbitraryOf(innerType as Schema);
    default:
      return fc.constant('json');
  }
}

import type { Option, OptionSchema } from './option.ts';

/** One option as the command line sees it. */
export interface OptionRow extends Option {
  /** The field: `minSeverity`. */
  readonly key: string;
  /** As typed, without dashes: `min-severity`. */
  readonly name: string;
}

function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The options of a command, in the order in which they are declared. */
export function optionTable(schema: OptionSchema): readonly OptionRow[] {
  return Object.entries(schema).map(([key, option]) => ({ ...option, key, name: kebab(key) }));
}

/** What holds where the option is not given, as help shows it; empty when there is nothing worth showing. */
export function standardText({ standard }: OptionRow): string {
  if (Array.isArray(standard)) return standard.join(',');
  return typeof standard === 'string' || typeof standard === 'number' ? String(standard) : '';
}

/** `-n, --namespace NAMESPACE` */
export function optionUsage(row: OptionRow): string {
  const names = row.short === undefined ? `    --${row.name}` : `-${row.short}, --${row.name}`;
  return row.takesValue ? `${names} ${row.value ?? 'VALUE'}` : names;
}

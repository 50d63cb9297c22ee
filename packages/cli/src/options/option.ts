import type { Form } from './form.ts';

/** What the command line needs to know of an option beyond its form. */
export interface OptionMeta {
  readonly says: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in help: `NAMESPACE`. */
  readonly value?: string;
  /** What the shell may complete the value with. */
  readonly completes?: 'files' | 'contexts';
}

export interface Option<T = unknown> extends Form<T>, OptionMeta {}

/** The options of a command by the names of their fields: `minSeverity` is typed as `--min-severity`. */
export type OptionSchema = Readonly<Record<string, Option>>;

/** What was given, or stands where nothing was. */
export type OptionsOf<S extends OptionSchema> = {
  readonly [K in keyof S]: S[K] extends Option<infer T> ? T : never;
};

/** Declares an option: its form, and what help and completion say of it. */
export function option<T>(form: Form<T>, meta: OptionMeta): Option<T> {
  return { ...form, ...meta };
}

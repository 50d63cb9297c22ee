import { z } from 'zod';

/** What the command line needs to know of an option beyond its type. */
export interface OptionMeta {
  readonly says: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in help: `NAMESPACE`. */
  readonly value?: string;
  /** What the shell may complete the value with. */
  readonly completes?: 'files' | 'contexts';
}

const metas = z.registry<OptionMeta>();

/** Declares an option: its type, and what help and completion say of it. */
export function option<S extends z.ZodType>(schema: S, meta: OptionMeta): S {
  metas.add(schema, meta);
  return schema;
}

export function metaOf(schema: z.core.$ZodType): OptionMeta {
  return metas.get(schema as z.ZodType) ?? { says: '' };
}

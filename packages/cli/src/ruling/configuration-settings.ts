/** One setting as people read of it. */
export interface Setting {
  /** `agents.scarlet.autonomy_level`; `[]` after a list. */
  readonly name: string;
  readonly values: string;
  /** Empty where it has to be given, or stands for nothing. */
  readonly standard: string;
  readonly says: string;
}

interface Schema {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function valuesOf({ type, enum: choices, minimum, maximum, const: only }: Schema): string {
  if (choices !== undefined) return choices.map(String).join(', ');
  if (only !== undefined) return String(only);
  if (type === 'integer') return minimum === undefined ? 'a whole number' : `${minimum} to ${maximum ?? 'any'}`;
  if (Array.isArray(type)) return type.map((one) => valuesOf({ type: one })).join(' or ');
  if (type === 'number') return 'a number';
  if (type === 'object') return 'names and their values';
  return type === 'boolean' ? 'true, false' : type === 'string' ? 'text' : String(type ?? '');
}

/** What several forms of one setting have: `kind` of a socket and of TCP together. */
function joined(settings: readonly Setting[]): readonly Setting[] {
  const groups = Map.groupBy(settings, ({ name }) => name);
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [{ ...first, values: [...new Set([first, ...more].map(({ values }) => values))].join(', ') }],
  );
}

function under(name: string, schema: Schema): readonly Setting[] {
  const forms = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (forms !== undefined) return joined(forms.flatMap((form) => under(name, form)));
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([key, inner]) =>
      under(name === '' ? key : `${name}.${key}`, inner as Schema),
    );
  }
  const item = schema.items as Schema | undefined;
  if (item?.properties !== undefined || item?.anyOf !== undefined || item?.oneOf !== undefined) {
    return under(`${name}[]`, item);
  }
  const { default: standard, description = '' } = schema;
  return [
    {
      name,
      values: item === undefined ? valuesOf(schema) : `a list of ${valuesOf(item)}`,
      standard: standard === undefined ? '' : typeof standard === 'string' ? standard : JSON.stringify(standard),
      says: description,
    },
  ];
}

/** Every setting of a JSON Schema, in its order. */
export function settingsOf(schema: unknown): readonly Setting[] {
  return under('', schema as Schema);
}

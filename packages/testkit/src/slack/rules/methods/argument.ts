import { z } from 'zod';

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** A text; a form has nothing else. Numbers are taken as texts, as Slack does (`ts` sent as a JSON number). */
export const text = z.coerce.string({ error: 'must be a string' }).min(1, 'must be more than 0 characters');
export const anyText = z.coerce.string();

/** `true`, `1` and their texts. */
export const flag = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? ({ true: true, 1: true, false: false, 0: false }[value.toLowerCase()] ?? value)
      : value === 1
        ? true
        : value === 0
          ? false
          : value,
  z.boolean({ error: 'must be a boolean' }),
);

export const count = z.coerce
  .number({ error: 'must be a number' })
  .int('must be a whole number')
  .min(0, 'must be 0 or more');

/** JSON, as a text in a form or as it is in a JSON body. */
export const json = z.preprocess(parsed, z.json({ error: 'must be valid JSON' }));
export const jsonList = z.preprocess(parsed, z.array(z.json(), { error: 'must be an array' }));
export const jsonObject = z.preprocess(parsed, z.record(z.string(), z.json(), { error: 'must be an object' }));

/** `1700000000.000100` */
export const timestamp = z.coerce.string().regex(/^\d{1,12}\.\d{1,6}$/, 'must be a message timestamp');

/** By comma in a form, or a list. */
export const names = z.preprocess(
  (value) =>
    typeof value === 'string' && !value.trimStart().startsWith('[')
      ? value.split(',').map((name) => name.trim())
      : parsed(value),
  z.array(z.string().min(1)),
);

export const page = { cursor: anyText.optional(), limit: count.max(1000, 'must be 1000 or less').optional() };
export const span = { oldest: anyText.optional(), latest: anyText.optional(), inclusive: flag.optional() };

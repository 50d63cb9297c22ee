import { z } from 'zod';

/** `app` or `example.com/app`: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const prefix = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*/';
const name = '[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';

/** The key of a label or an annotation. */
export const LabelKey = z
  .string()
  .max(317)
  .regex(new RegExp(`^(${prefix})?${name}$`), 'not the name of a label');
export const LabelValue = z.string().regex(new RegExp(`^(${name})?$`), 'not the value of a label');

/** The domain before the slash; empty where there is none. */
export function domainOf(key: string): string {
  return key.includes('/') ? (key.split('/')[0] ?? '') : '';
}

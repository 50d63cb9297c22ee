import { printable } from '@autodevops/domain/printable';

/** The same value with every text in it made safe to show. Renderers start with this, so that none can forget. */
export function cleared<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => cleared(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [printable(key), cleared(item as unknown)]),
  ) as T;
}

import { badRequest } from './status.ts';

/** Flags as the API server reads them: present without a value is true, everything but `0` and `false` is true. */
export function flagOf(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== '0' && value.toLowerCase() !== 'false';
}

/** Undefined when absent or empty. Throws the Status 400 of the API server when it is not a whole number. */
export function wholeNumberOf(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name) ?? '';
  if (value === '') return undefined;
  if (!/^[+-]?\d+$/.test(value)) throw badRequest(`strconv.ParseInt: parsing "${value}": invalid syntax`);
  return Number(value);
}

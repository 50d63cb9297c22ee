import { SlackError } from './slack-error.ts';

/** What a method was called with, read by the table of methods. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Empty where it is not given. */
export function textOf(args: Arguments, name: string): string {
  const value = args[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** Refuses when it is not given, with the code that the method has for that. */
export function neededText(args: Arguments, name: string, code = 'invalid_arguments'): string {
  const value = textOf(args, name);
  if (value === '') throw new SlackError(code);
  return value;
}

export function flagOf(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1;
}

export function numberOf(args: Arguments, name: string, otherwise: number): number {
  const value = Number(args[name] ?? otherwise);
  return Number.isFinite(value) ? value : otherwise;
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

/** A list of ids, as the table of methods has read it. */
export function namesOf(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

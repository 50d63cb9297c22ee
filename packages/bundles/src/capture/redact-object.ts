import { secretMask, redact } from '@autodevops/domain/redact';
import { isVariableReference, mayNameSecret } from '@autodevops/domain/secret-name';

/** Fields whose texts people write freely; all others hold names, numbers and enumerations of the API. */
const freeText = new Set([
  'annotations',
  'args',
  'command',
  'message',
  'lifecycle',
  'parameters',
  'url',
  'path',
  'value',
  'schedule',
  'currentMetrics',
]);
/** Whole parts of which nothing is known. */
const unknownParts = new Set(['spec', 'status']);

export interface RedactionRules {
  /** Redact every text below `spec` and `status`: custom resources. */
  readonly custom: boolean;
  /** Redact every text below `data`: ConfigMaps. */
  readonly data: boolean;
}

/** A text under a name: masked whole where the name says that it is a secret, else what in it looks like one. */
export function redactNamed(name: string, text: string): string {
  // A reference is what rules follow, and an empty value hides nothing.
  if (text !== '' && mayNameSecret(name) && !isVariableReference(text)) return secretMask;
  return redact(text);
}

function freely(value: unknown, name: string): unknown {
  if (typeof value === 'string') return redactNamed(name, value);
  if (Array.isArray(value)) return value.map((item, index) => freely(item, argumentName(value[index - 1])));
  if (typeof value !== 'object' || value === null) return value;
  // A variable: its name stands beside its value.
  const own = (value as { name?: unknown }).name;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      freely(inner, key === 'value' && typeof own === 'string' ? own : key),
    ]),
  );
}

/** `--password` before its value as a list item of its own. */
function argumentName(before: unknown): string {
  return typeof before === 'string' && /^--?[\w.-]+$/.test(before) ? before.replace(/^-+/, '') : '';
}

function structured(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => structured(item));
  if (typeof value !== 'object' || value === null) return value;
  const own = (value as { name?: unknown }).name;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'value' && typeof inner === 'string') {
        return [key, redactNamed(typeof own === 'string' ? own : '', inner)];
      }
      if (freeText.has(key)) return [key, freely(inner, '')];
      return [key, structured(inner)];
    }),
  );
}

function structuredField(key: string, value: unknown): unknown {
  return freeText.has(key) ? freely(value, '') : structured(value);
}

/** A copy of a projected object in which nothing looks like a credential any more. Names and numbers stay. */
export function redactObject(object: object, rules: RedactionRules): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const free = (rules.custom && unknownParts.has(key)) || (rules.data && key === 'data');
      return [key, free ? freely(value, '') : structuredField(key, value)];
    }),
  );
}

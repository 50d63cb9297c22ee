/** A value as JSON or YAML, safe for a terminal; the YAML library is loaded only when it is wanted. */
export async function structuredText(value: unknown, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return (await import('@autodevops/domain/safe-json')).safeJson(value);
  return (await import('./safe-yaml.ts')).safeYaml(value);
}

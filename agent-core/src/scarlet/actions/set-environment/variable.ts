import { z } from 'zod';
import type { Json } from '../../patches/field-patch.ts';
import { ContainerName } from '../../targets/workload-template.ts';

const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'not the name of an object');
const Key = z.strictObject({
  name: objectName,
  key: z
    .string()
    .max(253)
    .regex(/^[\w.-]+$/, 'not a key'),
});

export const Params = z
  .strictObject({
    container: ContainerName,
    name: z
      .string()
      .max(253)
      .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'not the name of a variable'),
    value: z.string().max(8192).optional().describe('given by a person; never a secret'),
    configMapKey: Key.optional(),
    secretKey: Key.optional(),
  })
  .refine(
    ({ value, configMapKey, secretKey }) =>
      [value, configMapKey, secretKey].filter((given) => given !== undefined).length === 1,
    'has to have one of value, configMapKey and secretKey',
  );
export type Params = z.infer<typeof Params>;

/** The entry of a container's `env`, as the server writes it: an empty value is left out. */
export function entryOf({ name, value, configMapKey, secretKey }: Params): Record<string, Json> {
  if (configMapKey !== undefined) {
    return { name, valueFrom: { configMapKeyRef: { name: configMapKey.name, key: configMapKey.key } } };
  }
  if (secretKey !== undefined) {
    return { name, valueFrom: { secretKeyRef: { name: secretKey.name, key: secretKey.key } } };
  }
  return value === undefined || value === '' ? { name } : { name, value };
}

export function sourceText({ configMapKey, secretKey }: Params): string {
  if (configMapKey !== undefined) return `key "${configMapKey.key}" of ConfigMap ${configMapKey.name}`;
  return secretKey === undefined ? 'the value that was given' : `key "${secretKey.key}" of Secret ${secretKey.name}`;
}

/** Variables by which a runtime or a loader runs other code than the image's. */
const codeNames =
  /^(LD_(PRELOAD|AUDIT|LIBRARY_PATH)|PATH|BASH_ENV|ENV|PYTHON(PATH|STARTUP|HOME)|PERL5(LIB|OPT)|RUBY(LIB|OPT)|NODE_(OPTIONS|PATH)|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|GIT_SSH_COMMAND)$/;

export function choosesCode(name: string): boolean {
  return codeNames.test(name);
}

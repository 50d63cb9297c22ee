import type { Container } from '@autodevops/domain/kubernetes/pod';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Intent } from '../intent.ts';
import { namesOf } from '../naming/names.ts';
import { resolve } from '../naming/resolve.ts';
import { templatesOf } from '../templates-of.ts';
import { counted } from '../words.ts';

const longest = 200;
const most = 60;

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** A value as it may be shown: the name decides too (`DB_PASSWORD=…`). */
function shown(name: string, value: string): string {
  return oneLine(redact(`${name}=${value}`).slice(name.length + 1), longest);
}

function own(snapshot: Snapshot, namespace: string, { env }: Container): readonly Variable[] {
  return env.map(({ name, value = '', valueFrom }): Variable => {
    const { configMapKeyRef: map, secretKeyRef: secret, fieldRef: field, resourceFieldRef: resource } = valueFrom ?? {};
    if (secret !== undefined) return { name, value: '(not read)', from: `Secret ${secret.name}, key ${secret.key}` };
    if (field !== undefined || resource !== undefined) return { name, value: '', from: `field ${field?.fieldPath ?? resource?.resource ?? ''}` };
    if (map === undefined) return { name, value: shown(name, value), from: '' };
    const held = snapshot.get('ConfigMap', namespace, map.name)?.data[map.key];
    return { name, value: held === undefined ? '(not there)' : shown(name, held), from: `ConfigMap ${map.name}, key ${map.key}` };
  });
}

function whole(snapshot: Snapshot, namespace: string, { envFrom }: Container): readonly Variable[] {
  return envFrom.flatMap(({ prefix = '', configMapRef, secretRef }): readonly Variable[] => {
    if (secretRef !== undefined) {
      const keys = snapshot.get('Secret', namespace, secretRef.name)?.keys ?? [];
      return keys.map((key) => ({ name: `${prefix}${key}`, value: '(not read)', from: `Secret ${secretRef.name}` }));
    }
    const data = Object.entries(snapshot.get('ConfigMap', namespace, configMapRef?.name ?? '')?.data ?? {});
    return data.map(([key, value]) => ({ name: `${prefix}${key}`, value: shown(key, value), from: `ConfigMap ${configMapRef?.name ?? ''}` }));
  });
}

/** The environment variables of X, or one of them; values of Secrets are never read. */
export const environmentOf: Intent = {
  name: 'environment-of',
  example: 'show the environment of web',
  patterns: [
    /^(?:show(?: me)?|get|list|print|what (?:is|are)|give me)? ?(?:all )?(?:the )?(?:env|envs|environment|env(?:ironment)? ?var(?:iable)?s?|variables) (?:of|for|in) (?<object>.+)$/i,
    /^(?:which|what) (?:env|environment|env(?:ironment)? ?var(?:iable)?s?|variables) (?:does|do|has|have|are (?:set )?in) (?<object>.+?)(?: (?:have|use|set|get|need|take|want|see)s?)?$/i,
    /^(?:what is|show(?: me)?|get|print|where is) (?:the )?(?:value of )?(?:the )?(?:env(?:ironment)? ?(?:var(?:iable)?)? )?(?<variable>[A-Z][A-Z0-9_]{2,}) (?:set to )?(?:in|of|for|on) (?<object>.+)$/,
    /^(?<object>[\w./-]+) (?:env|environment|env(?:ironment)? ?var(?:iable)?s?)$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const running = templatesOf(context.snapshot, found.objects);
    const names = namesOf(found.objects);
    const wanted = caught('variable');
    const variables = running.flatMap(({ ref, spec }) =>
      [...spec.initContainers, ...spec.containers].flatMap((c) => [...whole(context.snapshot, ref.namespace, c), ...own(context.snapshot, ref.namespace, c)].map((variable) => ({ ...variable, container: c.name }))),
    );
    const meant = wanted === '' ? variables : variables.filter(({ name }) => name === wanted);
    const objects = [...found.objects];
    const [only] = meant;
    if (only === undefined) return { headline: wanted === '' ? `${names} sets no environment variable.` : `${names} sets no variable ${wanted}.`, objects };
    const rows = meant.slice(0, most).map(({ container, name, value, from }) => [container, name, value, from]);
    const table = { columns: ['container', 'variable', 'value', 'from'], rows };
    const lines = meant.length > most ? [`${meant.length - most} more are left out.`] : [];
    if (meant.length === 1) return { headline: `${only.name} of ${names} is ${only.value === '' ? (only.from === '' ? 'empty' : only.from) : only.value}${only.value !== '' && only.from !== '' ? ` (${only.from})` : ''}.`, objects };
    return { headline: `${names}: ${counted(meant.length, 'variable')}.`, table, lines, objects };
  },
};

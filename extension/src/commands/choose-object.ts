import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import type { Choice } from '../ports/people.ts';
import { objectOf, subjectOf } from '../tree/subject.ts';
import type { ObjectName } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';

const named = /^(?<kind>[A-Za-z][\w.]*)\/(?<name>[a-z0-9][a-z0-9.:-]*)(?:\s+-n\s+(?<namespace>[a-z0-9][a-z0-9-]*))?$/;

/** Reads `deployment/web -n shop`; undefined where it is not written so. */
export function objectFrom(text: string): ObjectName | undefined {
  const groups = named.exec(text.trim())?.groups;
  return groups === undefined
    ? undefined
    : { kind: groups['kind'] ?? '', name: groups['name'] ?? '', namespace: groups['namespace'] ?? '' };
}

/** Objects that the diagnosis speaks of, each once, the worst first. */
export function objectsOf({ causes }: Pick<Diagnosis, 'causes'>): readonly ObjectName[] {
  const all = causes.flatMap(({ object, symptoms }) => [object, ...symptoms.map((symptom) => symptom.object)]);
  return [
    ...new Map(
      all.map((object) => [refKey(object), { kind: object.kind, namespace: object.namespace, name: object.name }]),
    ).values(),
  ];
}

async function enter({ people }: Pick<WindowParts, 'people'>, title: string): Promise<ObjectName | undefined> {
  const text = await people.enter({
    title,
    prompt: t('Its kind and name, and its namespace: deployment/web -n shop'),
    check: (given) => (objectFrom(given) === undefined ? t('Write it as in deployment/web -n shop') : undefined),
  });
  return text === undefined ? undefined : objectFrom(text);
}

/** The object that a command is about: what it was called on, or what the person chooses. Undefined: the person went away. */
export async function chooseObject(
  parts: Pick<WindowParts, 'people' | 'problems'>,
  argument: unknown,
  title: string,
  fits: (object: ObjectName) => boolean = () => true,
): Promise<ObjectName | undefined> {
  const given = objectOf(subjectOf(argument));
  if (given !== undefined && fits(given)) return given;
  const state = parts.problems.state.value;
  const known = 'diagnosis' in state ? objectsOf(state.diagnosis).filter(fits) : [];
  if (known.length === 0) return await enter(parts, title);
  const choices: Choice<ObjectName | 'other'>[] = [
    ...known
      .slice(0, 200)
      .map((object) => ({ label: oneLine(refText(object), 120), icon: 'target' as const, value: object })),
    { label: t('Another one …'), icon: 'edit', value: 'other' },
  ];
  const chosen = await parts.people.pick(choices, { title });
  return chosen === 'other' ? await enter(parts, title) : chosen;
}

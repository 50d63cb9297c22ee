import type { Change } from '@autodevops/domain/change/change';
import { isOutside } from '@autodevops/domain/change/operation';
import type { Plan } from '@autodevops/domain/change/plan';
import { refKey } from '@autodevops/domain/object-ref';
import { objectNameOf } from '../facts/touch.ts';
import type { ChangeJournal } from './journal.ts';
import { changeOf, isFinal } from './change-state.ts';

const page = 100;

/** Every change that has not come to an end, newest first. */
export async function openChanges(journal: ChangeJournal): Promise<readonly Change[]> {
  const open: Change[] = [];
  for (let before: string | undefined; ;) {
    const summaries = await journal.list({ limit: page, open: true, ...(before === undefined ? {} : { before }) });
    for (const { id } of summaries) {
      const change = changeOf(id, await journal.read(id));
      if (change !== undefined && !isFinal(change.state)) open.push(change);
    }
    before = summaries.at(-1)?.id;
    if (summaries.length < page || before === undefined) return open;
  }
}

function objectsOf({ actions, facts }: Plan): ReadonlySet<string> {
  const operated = actions.flatMap(({ operations }) =>
    operations.flatMap((operation) => (isOutside(operation) ? [] : [refKey(objectNameOf(operation))])),
  );
  return new Set([...actions.map(({ request }) => refKey(request.target)), ...operated, ...(facts.workloads ?? [])]);
}

function namespacesOf({ actions, facts }: Plan): readonly string[] {
  return facts.blastRadius?.namespaces ?? actions.map(({ request }) => request.target.namespace);
}

/** What two plans have in common, for people: an object, a Service; undefined when neither would notice the other. */
export function overlapOf(a: Plan, b: Plan): string | undefined {
  const others = objectsOf(b);
  const object = [...objectsOf(a)].find((key) => others.has(key));
  if (object !== undefined) return object;
  const [here, there] = [a.facts.blastRadius, b.facts.blastRadius];
  const service = here?.services.find((name) => there?.services.includes(name));
  if (service !== undefined) return `Service ${service}`;
  if (here !== undefined && there !== undefined) return undefined;
  // How far one of them reaches is not known, so it may reach as far as its namespace.
  const namespace = namespacesOf(a).find((name) => name !== '' && namespacesOf(b).includes(name));
  return namespace === undefined ? undefined : `namespace ${namespace}`;
}

import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { literalPattern } from '../../reading/literal-pattern.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { podHostReferences } from '../../reading/network/host-references.ts';
import { templateOwner } from '../../reading/workloads/template-owner.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';

interface Variable {
  readonly name: string;
  readonly value: string;
  /** The hosts that it names. */
  readonly hosts: readonly string[];
}

/** Variables with a value of their own that may be shown. */
function plainVariables(snapshot: Snapshot, { pod, view }: TroubledContainer): readonly Variable[] {
  const references = podHostReferences(snapshot, pod).filter(({ configMap }) => configMap === '');
  return view.spec.env.flatMap(({ name, value = '', valueFrom }, index) => {
    const line = `${name}=${value}`;
    const hosts = references.filter(({ path }) => path === `${view.path}.env[${index}]`).map(({ host }) => host);
    return valueFrom === undefined && redact(line) === line ? [{ name, value, hosts }] : [];
  });
}

/** A word of an address, replaced where it stands by itself: `db` neither in `mydb` nor in `db-2` nor in the path `/db`. */
function replaced(text: string, word: string, other: string): string {
  const whole = new RegExp(`(?<![\\w.-]|(?<!/)/)${literalPattern(word)}(?![\\w-]|\\.\\w)`, 'g');
  return text.replaceAll(whole, () => other);
}

/** How the value would have to read, if there is just one other port or one other name that can have been meant. */
function rightValue({ name, value, hosts }: Variable, { dependency }: MissedDependency): string {
  const { host, port, otherPorts, alike, elsewhere } = dependency;
  const [otherPort, anotherPort] = otherPorts ?? [];
  if (port !== undefined && otherPort !== undefined && anotherPort === undefined) {
    const alone = value === String(port) && /port/i.test(name);
    if (alone) return String(otherPort);
    return !hosts.includes(host) ? value : replaced(value, `${host}:${port}`, `${host}:${otherPort}`);
  }
  const [meant, ambiguous] = [...alike, ...elsewhere.map((namespace) => `${dependency.ref?.name}.${namespace}`)];
  return dependency.kind !== 'missing-service' ||
    meant === undefined ||
    ambiguous !== undefined ||
    !hosts.includes(host)
    ? value
    : replaced(value, host, meant);
}

/**
 * To correct the one plain variable that sends the container to the wrong name or port. One that may hold a password is
 * left alone: its value would stand in the answer.
 */
export function addressRepairs(
  snapshot: Snapshot,
  troubled: TroubledContainer,
  missed: MissedDependency,
): readonly ProposedChange[] {
  const { pod, view } = troubled;
  const target = templateOwner(snapshot, pod);
  if (target === undefined || missed.guessed) return [];
  const [wrong, another] = plainVariables(snapshot, troubled)
    .map((variable) => ({ name: variable.name, before: variable.value, value: rightValue(variable, missed) }))
    .filter(({ before, value }) => before !== value);
  if (wrong === undefined || another !== undefined) return [];
  return [
    {
      action: 'set-environment',
      target,
      params: { container: view.spec.name, name: wrong.name, value: wrong.value },
      risk: 'medium',
    },
  ];
}

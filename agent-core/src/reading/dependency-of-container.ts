import type { Snapshot } from '@autodevops/domain/snapshot';
import { dependencyOf } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { environmentOf } from './environment.ts';
import type { Variable } from './environment.ts';
import { networkTarget } from './network-target.ts';
import type { NetworkTarget } from './network-target.ts';
import { failureIn } from './output-failure.ts';
import type { OutputLine } from './output-line.ts';
import type { TroubledContainer } from './troubled-container.ts';

/** What a container could not reach, and the variable that sends it there. */
export interface MissedDependency {
  readonly dependency: Dependency;
  readonly variable: Variable | undefined;
  /** The line that names the host, when it is not the one that complains. */
  readonly namedBy: OutputLine | undefined;
  /** The log does not name the host; the environment does. */
  readonly guessed: boolean;
}

const noTarget: NetworkTarget = { host: '', port: undefined, vague: false };

/** The target in a line; of a vague word only when a Service has that name. */
function believable(snapshot: Snapshot, namespace: string, line: OutputLine): NetworkTarget {
  const target = networkTarget(line.lower);
  if (!target.vague || dependencyOf(snapshot, namespace, target).kind === 'service') return target;
  return { ...noTarget, port: target.port };
}

/** From the line that complains, else from the last other of its kind, else from a neighbour that names a port too. */
function targetIn(snapshot: Snapshot, troubled: TroubledContainer): { target: NetworkTarget; namedBy: OutputLine | undefined } {
  const { line, nearby, kind } = troubled.verdict;
  const { namespace } = troubled.pod.metadata;
  const own = believable(snapshot, namespace, line);
  if (own.host !== '') return { target: own, namedBy: undefined };
  const alike = troubled.output.slice(-60).filter((other) => other !== line && failureIn(other) === kind).toReversed();
  for (const other of [...alike, ...nearby.filter((n) => n !== line)]) {
    const target = believable(snapshot, namespace, other);
    const counts = target.host !== '' && (target.port !== undefined || alike.includes(other));
    if (counts && !/^\s+at /.test(other.text)) return { target: { ...target, port: own.port ?? target.port }, namedBy: other };
  }
  return { target: own, namedBy: undefined };
}

/** The variable whose value holds the host (or, of a lone port, ends with it). */
function variableFor(variables: readonly Variable[], target: NetworkTarget): Variable | undefined {
  if (target.host === '') return undefined;
  return variables.find((v) => {
    const value = (v.value ?? '').toLowerCase();
    const at = value.indexOf(target.host);
    if (at < 0 || value.length > 2000) return false;
    const next = value[at + target.host.length] ?? '';
    return !/[a-z0-9-]/.test(next) && !/[a-z0-9.-]/.test(at === 0 ? '' : (value[at - 1] ?? ''));
  });
}

/** Words that a complaint without a host has in common with the name of what it speaks of. */
function speaksOf(line: OutputLine, variable: Variable, host: string): boolean {
  const words = `${variable.name}-${host}`.toLowerCase().split(/[^a-z]+/).filter((w) => w.length > 2 && !['host', 'url', 'addr', 'address', 'port', 'uri', 'svc', 'cluster', 'local', 'service', 'server'].includes(w));
  return words.some((word) => line.lower.includes(word)) || (line.lower.includes('database') && /db|sql|postgres|mongo|database/.test(words.join('-')));
}

/** From the environment: the one address that names a Service here, or the one that the line speaks of. */
function guess(snapshot: Snapshot, troubled: TroubledContainer, variables: readonly Variable[]): { target: NetworkTarget; variable: Variable } | undefined {
  const { namespace } = troubled.pod.metadata;
  const found = variables.flatMap((variable) => {
    const value = (variable.value ?? '').toLowerCase();
    const named = value !== '' && value.length < 500 && (value.includes('://') || /host|addr|url|uri|endpoint|server|broker/i.test(variable.name));
    const target = named ? networkTarget(value.includes('://') ? value : `host ${value}`) : noTarget;
    const kind = target.host === '' ? 'unknown' : dependencyOf(snapshot, namespace, target).kind;
    return kind === 'service' || kind === 'missing-service' ? [{ target, variable }] : [];
  });
  const spoken = found.filter((f) => speaksOf(troubled.verdict.line, f.variable, f.target.host));
  const candidates = spoken.length > 0 ? spoken : found;
  return new Set(candidates.map((c) => c.target.host)).size === 1 ? candidates[0] : undefined;
}

/** Finds out what a troubled container wanted to reach. */
export function missedDependency(snapshot: Snapshot, troubled: TroubledContainer): MissedDependency {
  const { namespace } = troubled.pod.metadata;
  const { target, namedBy } = targetIn(snapshot, troubled);
  const variables = environmentOf(snapshot, troubled.pod, troubled.view);
  if (target.host !== '') {
    return { dependency: dependencyOf(snapshot, namespace, target), variable: variableFor(variables, target), namedBy, guessed: false };
  }
  const guessed = guess(snapshot, troubled, variables);
  const chosen = guessed === undefined ? target : { ...guessed.target, port: target.port ?? guessed.target.port };
  return { dependency: dependencyOf(snapshot, namespace, chosen), variable: guessed?.variable, namedBy: undefined, guessed: guessed !== undefined };
}

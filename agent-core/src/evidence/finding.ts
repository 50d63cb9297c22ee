import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { redact, redactValue } from '@autodevops/domain/redact';

type Required = Pick<Finding, 'object' | 'cause' | 'evidence'>;

/** A finding with the catalogue's severity, steps and warnings; everything else may be said or has its usual value. */
export function finding(code: CodeEntry, said: Required & Partial<Omit<Finding, 'code'>>): Finding {
  return {
    code: code.code,
    severity: code.severity,
    confidence: 'high',
    standing: 'current',
    since: '',
    avoid: code.avoid,
    changes: [],
    because: [],
    generic: false,
    facet: '',
    ...said,
    cause: safe(said.cause),
    nextSteps: (said.nextSteps ?? code.nextSteps).map(safe),
  };
}

/** Names and texts of the cluster are in these sentences: secrets are masked, and nothing in them drives a terminal. */
function safe(text: string): string {
  return printable(redact(text));
}

const longestQuote = 400;

/** Verbatim but for masked secrets, visible control characters and an ellipsis where it is too long. */
export function quote(text: string): string {
  const safe = printable(redact(text)).trim();
  return safe.length <= longestQuote ? safe : `${safe.slice(0, longestQuote - 1)}…`;
}

export function fromEvent(event: ClusterEvent): Evidence {
  const { apiVersion, kind, namespace, name, uid } = event.object;
  return {
    source: 'event',
    object: { apiVersion, kind, namespace, name, uid },
    quote: quote(`${event.reason}: ${event.message}`),
    time: event.last ?? '',
  };
}

export function fromCondition(object: ObjectRef, condition: Condition): Evidence {
  const told = [condition.reason, condition.message].filter((part) => part !== '').join(': ');
  return {
    source: 'status',
    object,
    quote: quote(`${condition.type}=${condition.status}${told === '' ? '' : ` ${told}`}`),
    time: condition.lastTransitionTime ?? '',
    path: `status.conditions[type=${condition.type}]`,
  };
}

/** A field of `status`: `path` as kubectl's jsonpath has it, without the braces. */
export function fromStatus(object: ObjectRef, path: string, value: string, time = ''): Evidence {
  return { source: 'status', object, quote: quote(value), time, path };
}

/** `DB_PASSWORD=two words`: of a variable, its name says whether all that stands behind it is secret. */
function withoutSecretValue(text: string): string {
  const [, name, value] = /^([A-Za-z_][\w.-]*)=([^]*)$/.exec(text) ?? [];
  return name === undefined || value === undefined ? text : `${name}=${redactValue(name, value)}`;
}

export function fromSpec(object: ObjectRef, path: string, value: string): Evidence {
  return { source: 'spec', object, quote: quote(withoutSecretValue(value)), time: '', path };
}

/** One line of a container's log. */
export function fromLog(object: ObjectRef, container: string, previous: boolean, line: string, time = ''): Evidence {
  return {
    source: 'log',
    object,
    quote: quote(line),
    time,
    path: `${container}${previous ? ' (previous)' : ''}`,
  };
}

/** Since when what is quoted is so, as far as the quotation tells: the newest line of a log does not. */
export function sinceOf({ source, time }: Pick<Evidence, 'source' | 'time'>): string {
  return source === 'log' ? '' : time;
}

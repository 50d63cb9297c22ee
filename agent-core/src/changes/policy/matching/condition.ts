import { Environment } from '@marcbachmann/cel-js';
import type { ASTNode, Context, ParseResult } from '@marcbachmann/cel-js';
import { offenceOf } from './condition-guard.ts';
import { labelsOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { no, unknown, yes } from './truth.ts';
import type { Truth } from './truth.ts';

const longest = 2000;
/** Where the clock was set by more, in milliseconds, it is not known what time it is. */
const clocksDiffer = 120_000;
const text = { kind: 'string', namespace: 'string', name: 'string' };

/** What a condition sees, and nothing else; `docs/policy.md` lists it for people. */
const environment = new Environment({
  limits: { maxAstNodes: 400, maxDepth: 32, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 8 },
})
  .registerVariable('action', 'string')
  .registerVariable('risk', 'string')
  .registerVariable({ name: 'target', schema: { ...text, apiVersion: 'string' } })
  .registerVariable('labels', 'map<string, string>')
  .registerVariable('params', 'map<string, dyn>')
  .registerVariable({
    name: 'actor',
    schema: { kind: 'string', account: 'string', person: 'string', roles: 'list<string>', surface: 'string' },
  })
  .registerVariable({ name: 'finding', schema: { ...text, code: 'string', confidence: 'string' } })
  .registerVariable('environments', 'list<string>')
  .registerVariable('now', 'google.protobuf.Timestamp')
  .registerVariable({
    name: 'facts',
    schema: {
      reversible: 'bool',
      restores: 'bool',
      disruptionsAllowed: 'int',
      managedBy: 'list<string>',
      workloads: 'list<string>',
      blastRadius: {
        objects: 'int',
        services: 'list<string>',
        namespaces: 'list<string>',
        shareOfReadyEndpoints: 'double',
        readyEndpoints: 'int',
      },
    },
  });

export type Condition = ParseResult;

/** First line of what the library says, without the picture of the source under it. */
function summaryOf(error: unknown): string {
  const { summary, message } = error as { summary?: unknown; message?: unknown };
  const says = typeof summary === 'string' ? summary : typeof message === 'string' ? message : 'it cannot be evaluated';
  return says.split('\n')[0] ?? '';
}

/** Names what was missing; of other failures nothing, because their texts may quote values. */
function missingIn(error: unknown): string {
  const { code } = error as { code?: unknown };
  return code === 'no_such_key' || code === 'unknown_variable' ? `: ${summaryOf(error)}` : '';
}

/** Parses and type-checks a condition: the condition, or what is wrong with it. */
export function compileCondition(source: string): { readonly condition: Condition } | { readonly problem: string } {
  if (source.length > longest) return { problem: `it is longer than ${longest} characters` };
  try {
    const condition = environment.parse(source);
    const offence = offenceOf(condition.ast);
    if (offence !== undefined) return { problem: offence };
    const { valid, type, error } = condition.check();
    if (!valid) return { problem: summaryOf(error) };
    return type === 'bool' ? { condition } : { problem: `it is a ${type}, not a yes or no` };
  } catch (error) {
    return { problem: summaryOf(error) };
  }
}

/** As CEL has numbers: whole ones are int, others double. */
function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, celValue(inner)]),
  );
}

/** Without the fields that are not known: reading one is then an error, as reading an unknown fact has to be. */
function known(value: object): Context {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}

function factsSeen({ facts }: Scene): object {
  const { reversible, restores, disruptionsAllowed, managedBy, workloads, blastRadius } = facts;
  return known({
    reversible,
    restores,
    disruptionsAllowed: celValue(disruptionsAllowed),
    managedBy: managedBy?.map(({ tool }) => tool),
    workloads,
    blastRadius:
      blastRadius === undefined
        ? undefined
        : known({
            ...blastRadius,
            objects: celValue(blastRadius.objects),
            readyEndpoints: celValue(blastRadius.readyEndpoints),
          }),
  });
}

function variablesOf(scene: Scene): Context {
  const { earliest, now } = scene.circumstances;
  const { request, risk } = scene.action;
  const { requester, reason } = scene.question;
  const { apiVersion, kind, name } = request.target;
  const { finding } = reason;
  return known({
    action: request.action,
    risk,
    target: { apiVersion, kind, namespace: scene.namespace, name },
    labels: celValue(labelsOf(scene)),
    params: celValue(request.params),
    actor: {
      kind: requester.kind,
      account: requester.account,
      person: requester.person,
      roles: requester.roles,
      surface: requester.surface,
    },
    finding:
      finding === undefined
        ? {}
        : {
            code: finding.code,
            confidence: finding.confidence,
            kind: finding.object.kind,
            namespace: finding.object.namespace,
            name: finding.object.name,
          },
    environments: scene.environments,
    now: now - earliest > clocksDiffer ? undefined : new Date(now),
    facts: factsSeen(scene),
  });
}

/** Whether the condition holds; unknown where it leans on what is missing, or fails. */
export function conditionHolds(source: string, scene: Scene): Truth {
  const compiled = compileCondition(source);
  if ('problem' in compiled) return unknown(`the condition cannot be used: ${compiled.problem}`);
  try {
    const value: unknown = compiled.condition(variablesOf(scene));
    if (typeof value !== 'boolean') return unknown('the condition came to no yes or no');
    return value ? yes('the condition holds') : no('the condition does not hold');
  } catch (error) {
    return unknown(`the condition came to no answer${missingIn(error)}`);
  }
}

function namesIn(node: ASTNode): boolean {
  if (node.op === 'id') return true;
  const inner: unknown = node.args;
  const nodes = (Array.isArray(inner) ? inner : [inner]).flat(2);
  return nodes.some(
    (part: unknown) => typeof part === 'object' && part !== null && 'op' in part && namesIn(part as ASTNode),
  );
}

/** What a condition always comes to, because it asks for nothing; undefined for one that asks, or fails. */
export function constantOf(source: string): boolean | undefined {
  const compiled = compileCondition(source);
  if ('problem' in compiled || namesIn(compiled.condition.ast)) return undefined;
  try {
    const value: unknown = compiled.condition({});
    return typeof value === 'boolean' ? value : undefined;
  } catch {
    return undefined;
  }
}

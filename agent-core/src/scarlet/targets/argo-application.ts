import { z } from 'zod';
import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Draft, Live, Standing } from '../action.ts';
import { guardField, setField } from '../patches/field-patch.ts';
import type { Json } from '../patches/field-patch.ts';
import { liveTarget } from './live-target.ts';
import { manifestName } from './manifest-name.ts';
import { patchAndBack } from '../patches/object-patch.ts';
import { refuse } from '../refusal.ts';

const text = z.string().catch('').default('');
const Source = z.looseObject({ repoURL: z.string() });
const History = z.looseObject({
  id: z.int(),
  revision: text,
  revisions: z.array(z.string()).optional(),
  deployedAt: text,
  source: Source.optional(),
  sources: z.array(Source).optional(),
});
export type ArgoHistory = z.infer<typeof History>;
const Resource = z.looseObject({
  group: text,
  version: text,
  kind: z.string(),
  namespace: text,
  name: z.string(),
  status: text,
  requiresPruning: z.boolean().catch(false).default(false),
});

/** The parts of an Application that its controller acts on: https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml */
const Application = z.looseObject({
  operation: z.looseObject({}).optional(),
  spec: z
    .looseObject({
      source: Source.optional(),
      sources: z.array(Source).optional(),
      destination: z.looseObject({ server: text, name: text, namespace: text }).optional(),
      syncPolicy: z
        .looseObject({
          automated: z.looseObject({ enabled: z.boolean().optional() }).optional(),
          syncOptions: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .default({}),
  status: z
    .looseObject({
      sync: z
        .looseObject({ status: text, revision: text, revisions: z.array(z.string()).optional() })
        .catch({ status: '', revision: '' })
        .default({ status: '', revision: '' }),
      health: z.looseObject({ status: text }).catch({ status: '' }).default({ status: '' }),
      reconciledAt: text,
      operationState: z
        .looseObject({
          phase: text,
          message: text,
          syncResult: z.looseObject({ revision: text, revisions: z.array(z.string()).optional() }).optional(),
        })
        .optional(),
      history: z.array(History).catch([]).default([]),
      resources: z.array(Resource).catch([]).default([]),
    })
    .default({
      sync: { status: '', revision: '' },
      health: { status: '' },
      reconciledAt: '',
      history: [],
      resources: [],
    }),
});
export type ArgoApplication = z.infer<typeof Application>;

export interface LiveApplication {
  readonly object: Manifest;
  readonly read: ArgoApplication;
  readonly name: string;
}

/** The Application as it is now. Refused for another kind of that name, and for one that cannot be read. */
export async function liveApplication(target: ObjectRef, live: Live): Promise<LiveApplication> {
  const name = refText(target);
  if (!target.apiVersion.startsWith('argoproj.io/')) {
    return refuse(`${name} is no Application of Argo CD (${target.apiVersion}).`, 'Correct the target.');
  }
  const object = await liveTarget(target, live);
  const { success, data } = Application.safeParse(object);
  return success
    ? { object, read: data, name }
    : refuse(`${name} cannot be read: it is not as Argo CD writes it.`, 'See which version of Argo CD made it.');
}

/** Argo CD does one operation at a time; a second one would take the place of the first. */
export async function idleApplication(target: ObjectRef, live: Live): Promise<LiveApplication> {
  const application = await liveApplication(target, live);
  const { operation, status } = application.read;
  const busy =
    operation !== undefined ||
    status.operationState?.phase === 'Running' ||
    status.operationState?.phase === 'Terminating';
  return busy ? refuse(`Argo CD is at work on ${application.name} now.`, 'Wait until that has ended.') : application;
}

export function syncsByItself({ spec }: ArgoApplication): boolean {
  const automated = spec.syncPolicy?.automated;
  return automated !== undefined && automated.enabled !== false;
}

/**
 * Asks the controller by the operation field, which it takes away when it is done. When the last one began is tested
 * first, so that the same request is not done again after it has been done; a way back cannot know that beforehand.
 */
export function askFor(
  object: Manifest,
  sync: Readonly<Record<string, Json>>,
  { spec }: ArgoApplication,
  way: 'there' | 'back',
): Draft['operations'] {
  const syncOptions = spec.syncPolicy?.syncOptions;
  const operation = {
    initiatedBy: { username: 'autodevops' },
    sync: { ...sync, prune: false, ...(syncOptions === undefined ? {} : { syncOptions }) },
  };
  const guard = way === 'there' ? guardField(object, ['status', 'operationState', 'startedAt']) : [];
  return patchAndBack(object, [...guard, ...setField(object, ['operation'], operation)], '').operations;
}

/** Whether it only asks the controller, by that field: afterwards nothing of it can be read off the object. */
export function asksApplication(operation: Operation): boolean {
  if (
    operation.verb !== 'patch' ||
    operation.target.kind !== 'Application' ||
    !operation.target.apiVersion.startsWith('argoproj.io/')
  ) {
    return false;
  }
  return operation.steps.every(
    ({ op, path }) => op === 'test' || path === '/operation' || path.startsWith('/operation/'),
  );
}

/** How the operation stands that was asked for last; undefined when it has succeeded. */
export function operationStanding({ object, read }: LiveApplication): Standing | undefined {
  const name = manifestName(object);
  const state = read.status.operationState;
  if (
    read.operation !== undefined ||
    state === undefined ||
    state.phase === 'Running' ||
    state.phase === 'Terminating'
  ) {
    return { state: 'waiting', says: `Argo CD is at work on ${name}.` };
  }
  if (state.phase === 'Succeeded') return undefined;
  return {
    state: 'failed',
    says: `Argo CD says of ${name}: ${state.phase || 'no outcome'}${state.message === '' ? '' : `, ${oneLine(redact(state.message), 300)}`}.`,
  };
}

/** Whether what runs is well, in Argo CD's own judgement. */
export function healthStanding({ object, read }: LiveApplication, done: string): Standing {
  const name = manifestName(object);
  const health = read.status.health.status || 'Unknown';
  if (health === 'Healthy') return { state: 'succeeded', says: `${name} is ${done} and healthy.` };
  if (health === 'Degraded' || health === 'Missing') {
    return { state: 'failed', says: `${name} is ${done}, and its health is ${health}.` };
  }
  return { state: 'waiting', says: `${name} is ${done}; its health is ${health}.` };
}

import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import { madeByThisChange } from '@autodevops/domain/change/operation';
import type { ActionRequest, PlannedAction } from '@autodevops/domain/change/plan';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { Draft, Live, Standing } from '../../scarlet/action.ts';
import { fieldAt, setField } from '../../scarlet/patches/field-patch.ts';
import { formerApply } from '../../scarlet/patches/former-apply.ts';
import { liveTarget } from '../../scarlet/targets/live-target.ts';
import { podsOf } from '../../scarlet/standing/pods-of.ts';
import { malformed, refuse } from '../../scarlet/refusal.ts';
import { reversePatch } from '../../scarlet/patches/reverse-patch.ts';
import type { Planner } from '../simulating/simulate.ts';

/** Small actions of every verb, so that what carries them out is tested without those of the catalogue. */
interface TestAction {
  readonly patience: number;
  plan(request: ActionRequest, live: Live): Promise<Draft>;
  verify(request: ActionRequest, live: Live): Promise<Standing>;
}

function sentences(what: string): Draft['sentences'] {
  return { will: `Will ${what}.`, doing: `Doing ${what}.`, done: `Did ${what}.` };
}

const is = (state: Standing['state'], says: string): Standing => ({ state, says });

async function resize({ target, params }: ActionRequest, live: Live): Promise<Draft> {
  const object = await liveTarget(target, live);
  const steps = setField(object, ['spec', 'replicas'], params['replicas'] ?? 0);
  if (steps.length === 0) return refuse(`${refText(target)} has that many already.`, 'Nothing is to be done.');
  const patch = { verb: 'patch' as const, target: targetOf(object), subresource: '' as const, steps: [...steps] };
  return {
    sentences: sentences(`resize ${target.name} to ${String(params['replicas'])}`),
    operations: [patch],
    undo: { operations: [reversePatch(patch, object)], why: 'Resizes back.' },
    touches: await podsOf(object, live),
    notes: [],
  };
}

async function stamp({ target }: ActionRequest, live: Live): Promise<Draft> {
  const object = await liveTarget(target, live);
  const patch = {
    verb: 'patch' as const,
    target: targetOf(object),
    subresource: '' as const,
    steps: [...setField(object, ['metadata', 'annotations', 'stamp'], new Date(live.now).toISOString())],
  };
  return {
    sentences: sentences(`stamp ${target.name}`),
    operations: [patch],
    undo: { operations: [], why: 'A stamp does no harm.' },
    touches: [],
    notes: [],
  };
}

function made({ target, params }: ActionRequest): Manifest {
  return {
    apiVersion: target.apiVersion,
    kind: target.kind,
    metadata: { name: target.name, namespace: target.namespace },
    data: { value: String(params['value'] ?? '') },
  };
}

async function make(request: ActionRequest, live: Live): Promise<Draft> {
  if ((await live.cluster.get(request.target, live)) !== undefined) {
    return refuse(`${refText(request.target)} is there already.`, 'Nothing is to be done.');
  }
  const undo: Operation = {
    verb: 'delete',
    target: { ...request.target, uid: madeByThisChange, resourceVersion: madeByThisChange },
    propagation: 'Background',
  };
  return {
    sentences: sentences(`make ${request.target.name}`),
    operations: [{ verb: 'create', object: made(request) }],
    undo: { operations: [undo], why: 'Removes it.' },
    touches: [],
    notes: [],
  };
}

async function drop({ target }: ActionRequest, live: Live): Promise<Draft> {
  const object = await liveTarget(target, live);
  const again: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: target.name, namespace: target.namespace },
    data: object['data'],
  };
  return {
    sentences: sentences(`drop ${target.name}`),
    operations: [{ verb: 'delete', target: targetOf(object), propagation: 'Background' }],
    undo: { operations: [{ verb: 'create', object: again }], why: 'Makes it again.' },
    touches: [],
    notes: [],
  };
}

/** Applies the data that it is given to a ConfigMap that is there. */
async function settle({ target, params }: ActionRequest, live: Live): Promise<Draft> {
  const object: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: target.name, namespace: target.namespace },
    data: params,
  };
  return {
    sentences: sentences(`settle ${target.name}`),
    operations: [{ verb: 'apply', object, force: true }],
    undo: { operations: [formerApply(object, await liveTarget(target, live))], why: 'Applies the values of before.' },
    touches: [],
    notes: [],
  };
}

async function kick({ target }: ActionRequest, live: Live): Promise<Draft> {
  const object = await liveTarget(target, live);
  return {
    sentences: sentences(`evict ${target.name}`),
    operations: [{ verb: 'evict', target: targetOf(object) }],
    undo: { operations: [], why: 'Its controller makes another.' },
    touches: [object],
    notes: [],
  };
}

async function load({ params }: ActionRequest): Promise<Draft> {
  return {
    sentences: sentences('load the image'),
    operations: [{ verb: 'load-image', cluster: 'kind', image: String(params['image']) }],
    undo: { operations: [], why: 'It may stay.' },
    touches: [],
    notes: [],
  };
}

async function openChange({ params }: ActionRequest): Promise<Draft> {
  const operation: Operation = {
    verb: 'open-git-change',
    repository: 'shop',
    base: 'main',
    branch: String(params['branch']),
    title: 'Fix',
    body: '',
    files: [{ path: 'a.yaml', content: 'a: 1\n' }],
  };
  return {
    sentences: sentences('open a Git change'),
    operations: [operation],
    undo: { operations: [operation], why: 'Withdraws it.' },
    touches: [],
    notes: [],
  };
}

async function present(wanted: boolean, { target }: ActionRequest, live: Live): Promise<Standing> {
  const there = (await live.cluster.get(target, live)) !== undefined;
  return is(there === wanted ? 'succeeded' : 'waiting', `${refText(target)} is ${there ? '' : 'not '}there.`);
}

const good = async (): Promise<Standing> => is('succeeded', 'So it is.');

const actions: Readonly<Record<string, TestAction>> = {
  resize: {
    patience: 60,
    plan: resize,
    verify: async ({ target, params }, live) => {
      const now = fieldAt(await liveTarget(target, live), ['spec', 'replicas']);
      return is(
        now === params['replicas'] ? 'succeeded' : 'waiting',
        `${String(now)} of ${String(params['replicas'])} are wanted.`,
      );
    },
  },
  stamp: { patience: 60, plan: stamp, verify: good },
  make: { patience: 60, plan: make, verify: async (request, live) => await present(true, request, live) },
  drop: { patience: 60, plan: drop, verify: async (request, live) => await present(false, request, live) },
  settle: { patience: 60, plan: settle, verify: good },
  kick: { patience: 60, plan: kick, verify: async (request, live) => await present(false, request, live) },
  load: { patience: 60, plan: load, verify: good },
  'open-change': { patience: 60, plan: openChange, verify: good },
};

function actionOf({ action }: ActionRequest): TestAction {
  return actions[action] ?? malformed(`There is no action "${action}".`, 'Choose another.');
}

export const testPlanner: Planner = {
  plan: async (request, live) => {
    const action = actionOf(request);
    const draft = await action.plan(request, live);
    const object = await live.cluster.get(request.target, live);
    const target = {
      ...request.target,
      uid: request.target.uid === '' ? String(object?.metadata['uid'] ?? '') : request.target.uid,
    };
    const planned: PlannedAction = {
      request: { ...request, target },
      risk: 'low',
      sentences: draft.sentences,
      operations: [...draft.operations],
      undo: { operations: [...draft.undo.operations], why: draft.undo.why },
      patience: action.patience,
    };
    return { planned, draft };
  },
  verify: async (request, live) => await actionOf(request).verify(request, live),
};

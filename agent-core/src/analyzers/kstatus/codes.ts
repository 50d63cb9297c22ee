import type { CodeEntry } from '@autodevops/domain/finding';

const nextSteps = [
  "Read the condition's message, which is its controller's own words.",
  "Read the object's events and its controller's log.",
];

export const notReady: CodeEntry = {
  code: 'custom.not-ready',
  group: 'ecosystem',
  title: 'Object is not ready, says its controller',
  severity: 'warning',
  means: 'The controller of this kind reports that the object does not work, or not yet.',
  recognised:
    'A condition of the good kind (Ready, Available, Reconciled, Healthy, Synced, ...) is False for minutes, and the object is not suspended. Also a condition that nobody here knows, where its reason ends in Failed, Failure or Error. Of kinds without conditions: status.phase (or state, or a field named so) says Unavailable, Unhealthy, Error, Invalid, CreateFailed or the like, or a part of the status says in its state why it failed.',
  nextSteps,
  avoid: ['Do not delete and recreate the object before you know what it owns: data may go with it.'],
};

export const failed: CodeEntry = {
  code: 'custom.failed',
  group: 'ecosystem',
  title: 'Object has failed, says its controller',
  severity: 'warning',
  means: 'The controller of this kind reports a failure, or that it cannot go on without a change.',
  recognised:
    'A condition of the bad kind (Stalled, Failed, Degraded, ReconcileError, ...) is True. Of runs that Spark, Flink or Ray operators, Argo Workflows or the runners of GitHub tell of in a state: it says that they failed (of a workflow: Error), within a day.',
  nextSteps,
  avoid: ['Do not delete and recreate the object before you know what it owns: data may go with it.'],
};

export const reconcileFailing: CodeEntry = {
  code: 'custom.reconcile-failing',
  group: 'ecosystem',
  title: 'Controller fails again and again at an object',
  severity: 'warning',
  means: 'What the object asks for is not done. Kinds without conditions tell it in events only.',
  recognised:
    'An object without conditions has five or more Warning events of one reason that speaks of failure, the last of them minutes ago, and no later word that it went well.',
  nextSteps: ["Do what the event's message says.", 'Read the log of the controller of this kind for the object.'],
  avoid: [
    'Do not delete and recreate the object before you know what it owns: what is outside of the cluster may go with it.',
  ],
};

export const notObserved: CodeEntry = {
  code: 'custom.not-observed',
  group: 'ecosystem',
  title: 'A change has not been picked up by its controller',
  severity: 'warning',
  means: 'The object was changed and its controller has not acted on it: what runs is still the state of before.',
  recognised:
    'status.observedGeneration is below metadata.generation, and the last change is more than a quarter of an hour old.',
  nextSteps: ['See whether the controller of this kind runs, and read its log for this object.'],
  avoid: ['Do not repeat the change: the controller has not read the first one.'],
};

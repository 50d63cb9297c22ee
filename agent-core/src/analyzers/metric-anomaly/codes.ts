import type { CodeEntry } from '@autodevops/domain/finding';

function standsOut(what: string): string {
  return `The level of ${what} rose far above the noise of its own past, nearly all later points are above nearly all earlier ones, and it holds until now.`;
}

const nextSteps = ['See what changed at that time: a rollout, a configuration, the load, or something that it depends on.', 'Read the logs from that minute on.'];

export const errorsRose: CodeEntry = {
  code: 'signal.errors.rose',
  group: 'signal',
  title: 'Errors have risen',
  severity: 'warning',
  means: 'More requests or operations fail than before.',
  recognised: standsOut('an error rate'),
  nextSteps,
  avoid: ['Do not restart everything at once: it hides what changed and may lengthen the outage.'],
};

export const latencyRose: CodeEntry = {
  code: 'signal.latency.rose',
  group: 'signal',
  title: 'Latency has risen',
  severity: 'warning',
  means: 'Requests take longer than before.',
  recognised: standsOut('a duration'),
  nextSteps,
  avoid: ['Do not add replicas before it is known what they wait for: more callers slow a full dependency further.'],
};

export const cpuRose: CodeEntry = {
  code: 'signal.cpu.rose',
  group: 'signal',
  title: 'CPU use has risen',
  severity: 'warning',
  means: 'Something costs more CPU than before.',
  recognised: standsOut('CPU use'),
  nextSteps,
  avoid: ['Do not lower the limits to make the figure fall: the work stays the same.'],
};

export const memoryRose: CodeEntry = {
  code: 'signal.memory.rose',
  group: 'signal',
  title: 'Memory use has risen',
  severity: 'warning',
  means: 'Something takes more memory than before.',
  recognised: standsOut('memory use'),
  nextSteps,
  avoid: ['Do not only raise the limit: if it leaks, the end is the same, later.'],
};

export const saturationRose: CodeEntry = {
  code: 'signal.saturation.rose',
  group: 'signal',
  title: 'A queue or pool has filled',
  severity: 'warning',
  means: 'Work arrives faster than it is done, or connections are not given back.',
  recognised: standsOut('a queue, a lag or the use of a pool'),
  nextSteps,
  avoid: ['Do not enlarge the queue or pool alone: look first at what no longer drains it.'],
};

export const restartsRepeat: CodeEntry = {
  code: 'signal.restarts.repeat',
  group: 'signal',
  title: 'Container keeps restarting',
  severity: 'warning',
  means: 'The container has ended several times within the time that the metrics cover, the last time within the hour.',
  recognised: 'A restart counter rose by three or more, the last time within the hour before the capture.',
  nextSteps: ['Read the log of the previous run: `kubectl logs POD --previous`.'],
  avoid: ['Do not delete the pod before the log of its previous run is read: it goes with it.'],
};

export const peerStandsOut: CodeEntry = {
  code: 'signal.peer.stands-out',
  group: 'signal',
  title: 'One pod behaves unlike its peers',
  severity: 'warning',
  means: 'The pods of a Deployment do the same work, and one of them needs or fails far more than the others: uneven load, a bad node, or a broken instance.',
  recognised: 'The present level of one pod is at least three times the median of its peers (three at least) and far outside of their spread.',
  nextSteps: ['Compare its node, its log and its traffic with those of its peers.', 'Restarting this one pod is safe and shows whether it is the instance.'],
  avoid: ['Do not delete the pod at once: what makes it different is only to be seen while it runs.'],
};

import type { CodeEntry } from '@autodevops/domain/finding';

function standsOut(what: string): string {
  return `The level of ${what} rose far above the noise of its own past, nearly all later points are above nearly all earlier ones, and it holds until now.`;
}

const nextSteps = [
  'See what changed at that time: a rollout, a configuration, the load, or something that it depends on.',
  'Read the logs from that minute on.',
];

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

export const errorsPrevail: CodeEntry = {
  code: 'signal.errors.prevail',
  group: 'signal',
  title: 'Many requests fail all the time',
  severity: 'warning',
  means: 'A fifth of the requests or more fail, from the first moment that was measured: it began before.',
  recognised:
    'The share of requests that fail is a fifth in the middle, at no point less than half of that, up to now; a service that those it calls fail in the same way is a symptom of theirs.',
  nextSteps: [
    'Ask for a longer time of the same metric, to see when it began.',
    'Read the log of the service: the same failure comes again and again.',
  ],
  avoid: ['Do not take it for normal because nothing changed: look at whether anybody is served.'],
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

export const collectorBusy: CodeEntry = {
  code: 'signal.memory.collecting',
  group: 'signal',
  title: 'Garbage collection takes the time',
  severity: 'warning',
  means:
    'The program spends its time looking for memory that it may use again: its heap is nearly full, or it makes far more garbage than before. Requests wait meanwhile.',
  recognised: standsOut('the time that a runtime spends collecting garbage'),
  nextSteps: [
    'Compare what is left in use after a collection with the largest heap: if it comes near, something is held (a cache, a session, a result that is too large).',
    'Take a heap dump of one pod before it is restarted; look at what changed when it began.',
  ],
  avoid: ['Do not only enlarge the heap: what holds memory fills that too, later.'],
};

export const contentionRose: CodeEntry = {
  code: 'signal.contention.rose',
  group: 'signal',
  title: 'Work waits for CPU, memory or disks',
  severity: 'warning',
  means:
    'The kernel counts the time in which tasks could go on and do not get what they need: others on the node take it, or a limit holds it back.',
  recognised: standsOut('the share of time in which tasks wait (pressure stall information)'),
  nextSteps: [
    'See who else uses much of the node since then, and whether a limit holds this one back.',
    'Give what must answer quickly a request for what it needs, or room on another node.',
  ],
  avoid: ['Do not add replicas on the same node: they would wait too.'],
};

export const saturationRose: CodeEntry = {
  code: 'signal.saturation.rose',
  group: 'signal',
  title: 'A queue or pool has filled',
  severity: 'warning',
  means: 'Work arrives faster than it is done, or connections are not given back.',
  recognised: standsOut('a queue, a lag, or what waits for a pool'),
  nextSteps,
  avoid: ['Do not enlarge the queue or pool alone: look first at what no longer drains it.'],
};

export const cpuThrottled: CodeEntry = {
  code: 'signal.cpu.throttled',
  group: 'signal',
  title: 'CPU is held back more than before',
  severity: 'warning',
  means:
    'The kernel makes the container wait because it has used up its CPU limit: its requests take longer although the node may be idle.',
  recognised: standsOut('the share of periods in which the container was throttled'),
  nextSteps: [
    'Compare the CPU limit with what the container uses, and see whether the limit or the work has changed.',
    'Raise or remove the limit, or add replicas.',
  ],
  avoid: ['Do not judge by mean CPU use: short bursts are throttled far below the limit.'],
};

export const diskRose: CodeEntry = {
  code: 'signal.disk.rose',
  group: 'signal',
  title: 'Disk use has risen',
  severity: 'warning',
  means: 'Something reads, writes or keeps far more on a disk than before; whatever shares the disk waits for it.',
  recognised: standsOut('bytes read or written, of the time in which a disk is busy, or of bytes kept'),
  nextSteps: [
    'See what writes: logs, dumps, a backup, a query that spills to disk.',
    'See what else uses the same disk, volume or node.',
  ],
  avoid: ['Do not delete files before it is known what writes them.'],
};

export const networkLosses: CodeEntry = {
  code: 'signal.network.losses',
  group: 'signal',
  title: 'Packets are lost',
  severity: 'warning',
  means: 'Packets are dropped or sent again. Connections get slow before they fail.',
  recognised: standsOut('dropped, damaged or retransmitted packets'),
  nextSteps: [
    'See which node, interface or path the affected pods share.',
    "Compare with other nodes; look at the interface's errors and the conntrack table.",
  ],
  avoid: ['Do not raise time-outs first: that hides the loss and ties up connections.'],
};

export const networkTraffic: CodeEntry = {
  code: 'signal.network.traffic',
  group: 'signal',
  title: 'Network traffic has risen',
  severity: 'warning',
  means: 'Far more bytes are sent or received than the requests explain.',
  recognised: standsOut('bytes sent or received, beyond that of the requests'),
  nextSteps: ['See who is at the other end: a bulk copy, a backup, larger answers, retries.'],
  avoid: ['Do not cut it off before it is known whether it is a backup or a user.'],
};

export const storePressure: CodeEntry = {
  code: 'signal.store.pressure',
  group: 'signal',
  title: 'A data store struggles',
  severity: 'warning',
  means:
    'A cache evicts or misses, or a database runs slow queries or waits for locks: those who ask it wait, or ask the store behind it.',
  recognised: standsOut('evicted keys, misses, slow queries or waits for locks'),
  nextSteps: [
    'See which queries, keys or transactions have changed, and what holds the others up: `pg_stat_activity`, `SHOW FULL PROCESSLIST`, `SLOWLOG GET`, `currentOp`.',
    'Compare its memory and connections with their maximum.',
  ],
  avoid: ['Do not flush a cache under load: everything would ask the store behind it at once.'],
};

export const connectionsRose: CodeEntry = {
  code: 'signal.connections.rose',
  group: 'signal',
  title: 'Connections, files or threads pile up',
  severity: 'warning',
  means:
    'They are opened faster than they are closed: because they are never given back, or because each waits longer than before.',
  recognised: standsOut('open connections, sockets, files or threads'),
  nextSteps: [
    'Compare with the maximum (of the pool, of open files, of the server).',
    'If what it calls is slow, look there; if not, look for what is not closed.',
  ],
  avoid: ['Do not only raise the maximum: what leaks reaches the next one too.'],
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
  means:
    'The pods of a Deployment do the same work, and one of them needs or fails far more than the others: uneven load, a bad node, or a broken instance.',
  recognised:
    'The present level of one pod is at least three times the median of its peers (three at least) and far outside of their spread.',
  nextSteps: [
    'Compare its node, its log and its traffic with those of its peers.',
    'Restarting this one pod is safe and shows whether it is the instance.',
  ],
  avoid: ['Do not delete the pod at once: what makes it different is only to be seen while it runs.'],
};

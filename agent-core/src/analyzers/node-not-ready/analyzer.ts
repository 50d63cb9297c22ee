import type { Analyzer } from '../analyzer.ts';
import {
  flapping,
  kubeletSilent,
  leaseStale,
  networkPlugin,
  networkUnavailable,
  notReady,
  podOnLostNode,
  runtimeDown,
  shuttingDown,
  uninitialized,
} from './codes.ts';
import { checkFlapping } from './flapping.ts';
import { checkLease } from './lease.ts';
import { checkPods } from './lost-pods.ts';
import { checkNetwork } from './network-unavailable.ts';
import { checkReady } from './ready.ts';
import { checkUninitialized } from './uninitialized.ts';

/** Nodes that cannot run pods, by cause, and the pods that are on them. */
export const nodeNotReady: Analyzer = {
  name: 'node-not-ready',
  codes: [
    kubeletSilent,
    runtimeDown,
    networkPlugin,
    networkUnavailable,
    shuttingDown,
    notReady,
    uninitialized,
    leaseStale,
    flapping,
    podOnLostNode,
  ],
  analyze: (snapshot) =>
    snapshot
      .list('Node')
      .flatMap((node) => [
        ...checkReady(snapshot, node),
        ...checkNetwork(snapshot, node),
        ...checkUninitialized(snapshot, node),
        ...checkLease(snapshot, node),
        ...checkFlapping(snapshot, node),
        ...checkPods(snapshot, node),
      ]),
};

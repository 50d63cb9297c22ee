import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Analyzer } from '../analyzer.ts';
import { checkBackends } from './backends.ts';
import { checkClass } from './class.ts';
import {
  backendMissing,
  backendPortMissing,
  classMissing,
  classNone,
  controllerAbsent,
  controllerIgnores,
  controllerRefused,
  hostConflict,
} from './codes.ts';
import { checkConflicts } from './conflict.ts';
import { checkIgnored } from './ignored.ts';
import { checkRefused } from './refused.ts';
import { checkTls } from './tls.ts';
import { tlsExpired, tlsExpiring, tlsHostNotCovered, tlsSecretMissing, tlsSecretUnusable } from './tls-codes.ts';

function analyze(snapshot: Snapshot): readonly Finding[] {
  const own = snapshot
    .list('Ingress')
    .filter((ingress) => ingress.metadata.deletionTimestamp === undefined)
    .flatMap((ingress) => {
      const unserved = checkClass(snapshot, ingress) ?? checkRefused(snapshot, ingress);
      return [
        ...(unserved === undefined ? [] : [unserved]),
        ...checkBackends(snapshot, ingress),
        ...checkTls(snapshot, ingress),
      ];
    });
  return [...own, ...checkConflicts(snapshot), ...checkIgnored(snapshot)];
}

export const ingress: Analyzer = {
  name: 'ingress',
  codes: [
    classMissing,
    classNone,
    controllerAbsent,
    controllerRefused,
    controllerIgnores,
    backendMissing,
    backendPortMissing,
    hostConflict,
    tlsSecretMissing,
    tlsSecretUnusable,
    tlsExpired,
    tlsExpiring,
    tlsHostNotCovered,
  ],
  analyze,
};

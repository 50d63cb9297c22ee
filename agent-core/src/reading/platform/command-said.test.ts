import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { expect, it } from 'vitest';
import { commandSaid } from './command-said.ts';

const cluster = { apiVersion: 'db.example.io/v1', kind: 'Cluster', namespace: 'data', name: 'orders', uid: 'u1' };

function said(message: string, log: string) {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'data', name: 'orders-1', ownerReferences: [{ ...cluster, controller: true }] },
    spec: { containers: [{ name: 'db' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'db', ready: true, state: { running: {} } }] },
  };
  const snapshot = new Snapshot({
    ...partsFrom([pod], '2026-03-10T12:00:00Z'),
    logs: [{ namespace: 'data', pod: 'orders-1', container: 'db', previous: false, text: log, truncated: false }],
  });
  return commandSaid(snapshot, cluster, message)?.line.verbatim;
}

it('is the last error of the command that ended badly', () => {
  const log =
    'ERROR: backup-upload to the archive: 403 Forbidden\nerror running backup-upload: exit status 4\nERROR: out of cards';
  expect(said('unexpected failure invoking backup-upload: exit status 4', log)).toBe(
    'ERROR: backup-upload to the archive: 403 Forbidden',
  );
});

it('is nothing where the message tells of no command, or the log of none', () => {
  expect(said('the archive is not reached', 'ERROR: backup-upload: 403 Forbidden')).toBeUndefined();
  expect(said('unexpected failure invoking backup-upload: exit status 4', 'ERROR: out of cards')).toBeUndefined();
});

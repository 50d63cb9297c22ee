import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { refByName } from '@autodevops/domain/object-ref';
import { readableLine } from '../output/readable-line.ts';
import { serverWords } from './server-words.ts';

const now = '2026-03-10T12:00:00Z';

function pod(name: string, labels: object, { spec = {}, podIP = '10.244.2.9' } = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: name, labels },
    spec: { containers: [{ name: 'main', image: 'x:1' }], ...spec },
    status: {
      phase: 'Running',
      podIP,
      containerStatuses: [
        {
          name: 'main',
          ready: name !== 'web',
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: {
            terminated: { exitCode: 1, startedAt: '2026-03-10T11:58:00Z', finishedAt: '2026-03-10T11:59:00Z' },
          },
        },
      ],
    },
  };
}

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace: 'shop', uid: 's' },
  spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
};

/** What the server says of pod `web`, and the detail of it. */
function said(log: string, { complaint = '', spec = {}, podIP = '10.244.1.17' } = {}): readonly string[] {
  const snapshot = new Snapshot({
    ...partsFrom([pod('web', { app: 'web' }, { spec, podIP }), pod('db-0', { app: 'db' }), service], now),
    logs: [{ namespace: 'shop', pod: 'db-0', container: 'main', previous: false, text: log, truncated: false }],
  });
  const client = snapshot.get('Pod', 'shop', 'web');
  if (client === undefined) return [];
  const words = serverWords(snapshot, refByName('Service', 'shop', 'db'), {
    pod: client,
    complaint: complaint === '' ? undefined : readableLine(complaint),
  });
  return [words?.line, words?.detail].flatMap((line) => line?.text ?? []);
}

describe('what a server says of a client', () => {
  it('is the last line that turns its address away', () => {
    expect(said('WARN Too many connections from 10.244.1.17 - max is 60\nINFO snapshot taken')).toEqual([
      'WARN Too many connections from 10.244.1.17 - max is 60',
    ]);
  });

  it('is found in a field of a structured line', () => {
    const line = {
      msg: 'Failed to authenticate',
      attr: { client: '10.244.1.17:48008', error: 'UserNotFound: no user' },
    };
    expect(said(JSON.stringify(line))).toEqual(['Failed to authenticate: UserNotFound: no user']);
  });

  it('stands in the line after one that only opens', () => {
    expect(
      said(
        "[error] Error on connection (10.244.1.17:41022 -> 10.244.2.9:5672):\n[error] 'guest' may not come from afar",
      ),
    ).toEqual(["[error] 'guest' may not come from afar"]);
  });

  it('stands in the exception that was caught', () => {
    expect(
      said(
        '[WARN ] closing connection Channel{remoteAddress=/10.244.1.17:40112}\nio.netty.DecoderException: not an SSL/TLS record: 4745',
      ),
    ).toEqual(['io.netty.DecoderException: not an SSL/TLS record: 4745']);
  });

  it('stands in an error of the same moment just before', () => {
    expect(
      said(
        '2026-03-10 11:59:00.010 UTC ERROR cannot log in: wrong password type\n2026-03-10 11:59:00.012 UTC WARNING web@10.244.1.17:5 pooler error: login failed',
      ),
    ).toEqual(['2026-03-10 11:59:00.010 UTC ERROR cannot log in: wrong password type']);
  });

  it('is no error of a quarter of an hour before', () => {
    expect(
      said(
        '2026-03-10 11:44:00.010 UTC ERROR checkpoint late\n2026-03-10 11:59:00.012 UTC WARNING web@10.244.1.17:5 login failed',
      ),
    ).toEqual(['2026-03-10 11:59:00.012 UTC WARNING web@10.244.1.17:5 login failed']);
  });

  it('is told without an address where the failure and a quoted name are the same', () => {
    const log =
      'FATAL:  password authentication failed for user "billing"\nDETAIL:  Role "billing" does not exist.\nLOG:  checkpoint';
    expect(said(log, { complaint: 'pq: password authentication failed for user "billing"' })).toEqual([
      'FATAL:  password authentication failed for user "billing"',
      'DETAIL:  Role "billing" does not exist.',
    ]);
  });
});

describe('nothing is said of a client', () => {
  it('where another address is turned away, also one that begins or ends alike', () => {
    expect(said('WARN Too many connections from 10.244.1.170\nWARN Too many connections from 110.244.1.17')).toEqual(
      [],
    );
  });

  it('where another name is turned away', () => {
    expect(
      said('FATAL:  password authentication failed for user "root"', {
        complaint: 'pq: password authentication failed for user "billing"',
      }),
    ).toEqual([]);
  });

  it('where its address is only mentioned', () => {
    expect(said('INFO accepting connection (10.244.1.17:41022 -> 10.244.2.9:5672)')).toEqual([]);
  });

  it('in a line of an access log, whose words are those of the client', () => {
    expect(said('10.244.1.17 - - [10/Mar/2026:12:00:00 +0000] "GET /denied HTTP/1.1" 403 9')).toEqual([]);
  });

  it.each([
    '[warning] closing AMQP connection (10.244.1.17:4 -> 10.244.2.9:5672): client unexpectedly closed TCP connection',
    "[Warning] Aborted connection 97 to db: 'shop' host: '10.244.1.17' (Got an error reading communication packets)",
    '10.244.1.17 LOG:  could not receive data from client: Connection reset by peer',
    '10.244.1.17 FATAL:  unexpected EOF on client connection with an open transaction',
    'WARN Unable to read additional data from client /10.244.1.17:4, likely client has closed socket: failed',
  ])('by what only comes of its end: %s', (line) => {
    expect(said(line)).toEqual([]);
  });

  it('long before its last run, where the line says when', () => {
    expect(said('2026-03-10T08:00:00Z WARN Too many connections from 10.244.1.17 - max is 60')).toEqual([]);
    expect(said('2026-03-10T11:58:30Z WARN Too many connections from 10.244.1.17 - max is 60')).toHaveLength(1);
  });

  it('by what a recording calls its address, and is none', () => {
    expect(said('WARN Too many connections from (10', { podIP: '(10' })).toEqual([]);
  });

  it('by the address of a node, which others share', () => {
    expect(said('WARN Too many connections from 10.244.1.17', { spec: { hostNetwork: true } })).toEqual([]);
  });
});

import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';

/** Databases, caches and brokers by the names that people give them and their images. */
const stores =
  /(?:^|[^a-z])(?:postgres(?:ql)?|pg|mysql|mariadb|percona|mongo(?:db|d)?|cockroach(?:db)?|cassandra|mssql|clickhouse|redis|valkey|memcached|kafka|rabbitmq|elasticsearch|opensearch|etcd|db|database)(?:[^a-z]|$)/i;

const known = perSnapshot(() => new Map<string, boolean>());

/** True for what keeps data for others, as far as its name or an image of its pods tells. */
export function isDataStore(snapshot: Snapshot, workload: ObjectRef): boolean {
  if (stores.test(workload.name)) return true;
  const [held, key] = [known(snapshot), refKey(workload)];
  let isOne = held.get(key);
  if (isOne === undefined) {
    held.set(
      key,
      (isOne = podsStandingFor(snapshot, workload).some((pod) =>
        pod.spec.containers.some(({ image }) => stores.test(image.split('/').at(-1) ?? '')),
      )),
    );
  }
  return isOne;
}

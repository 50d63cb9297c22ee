import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** A reader that keeps what it read last, so that questions are answered from what the diagnosis saw. */
export interface RememberingReader extends ClusterReader {
  readonly last: () => Snapshot | undefined;
}

export function remembering(reader: ClusterReader): RememberingReader {
  let seen: Snapshot | undefined;
  return {
    source: reader.source,
    ...(reader.signals === undefined ? {} : { signals: reader.signals }),
    snapshot: async (request, options) => {
      seen = await reader.snapshot(request, options);
      return seen;
    },
    logs: async (requests, options) => {
      const logs = await reader.logs(requests, options);
      seen = seen?.withLogs(logs);
      return logs;
    },
    close: () => reader.close(),
    last: () => seen,
  };
}

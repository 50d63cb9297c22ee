import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';

/** A reader of a replayed recording: "now" stays the moment of the recording. `done` runs when it is closed. */
export function recordedAt(reader: ClusterReader, capturedAt: string, done: () => Promise<void>): ClusterReader {
  return {
    source: reader.source,
    snapshot: async (request, options) =>
      new Snapshot({ ...(await reader.snapshot(request, options)).parts, capturedAt }),
    logs: (requests, options) => reader.logs(requests, options),
    close: async () => {
      await reader.close();
      await done();
    },
  };
}

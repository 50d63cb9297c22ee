import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { KubeClient } from '../../http/client.ts';
import type { ParsedObject } from '../../json/parsed-object.ts';
import { boundedParallel } from '../bounded-parallel.ts';
import { customSource, customSpots, mostInAll, mostOfOne, mostResources } from './custom-resources.ts';
import type { ServedResource } from '../discovery/discovery.ts';
import { createEndurance } from '../endurance.ts';
import { isFatal } from '../lists/kind-read.ts';
import { readList } from '../lists/list-pages.ts';
import type { Sharing } from '../lists/object-reader.ts';
import type { Turns } from '../lists/turns.ts';

export interface CustomReading {
  readonly client: KubeClient;
  readonly sharing: Sharing;
  readonly turns: Turns;
  readonly signal: AbortSignal;
  readonly namespaces: readonly string[] | undefined;
}

export interface CustomRead {
  readonly objects: readonly CustomObject[];
  readonly blindSpots: readonly BlindSpot[];
}

const atOnce = 6;

async function readResource(
  resource: ServedResource,
  reading: CustomReading,
  room: () => number,
): Promise<{ objects: CustomObject[]; complete: boolean }> {
  const source = customSource(resource);
  const { client, signal, turns, sharing } = reading;
  const { parser, read } = sharing.ofList(resource.kind, source);
  const objects: CustomObject[] = [];
  const letGo = sharing.memory.hold(() => objects);
  let complete = true;
  const places = reading.namespaces === undefined || !resource.namespaced ? [undefined] : reading.namespaces;
  try {
    for (const namespace of places) {
      const before = objects.length;
      const onItem = (parsed: ParsedObject): boolean => {
        if (objects.length >= Math.min(mostOfOne, room())) return false;
        objects.push(read(parsed) as CustomObject);
        return true;
      };
      const end = await readList({ client, source, namespace, signal, turns, parser, onItem }, () => {
        objects.length = before;
      });
      complete &&= end.complete;
    }
    return { objects, complete };
  } catch (error) {
    letGo();
    throw error;
  }
}

interface Attempt {
  readonly objects: readonly CustomObject[];
  readonly complete: boolean;
  readonly error?: AutoDevOpsError;
}

/** As `readResource`, but a failure that is one of this resource only is told as such. */
async function attempt(resource: ServedResource, reading: CustomReading, room: () => number): Promise<Attempt> {
  try {
    return await readResource(resource, reading, room);
  } catch (error) {
    if (isFatal(error)) throw error;
    const failure = error as AutoDevOpsError;
    // Not there any more, or nothing that can be listed (some only take requests).
    return {
      objects: [],
      complete: true,
      ...(['cluster.not-found', 'cluster.bad-answer'].includes(failure.code) ? {} : { error: failure }),
    };
  }
}

/** Reads objects of kinds that have no shape here: at most 500 of each and 5,000 in all. */
export async function readCustomObjects(
  resources: readonly ServedResource[],
  reading: CustomReading,
): Promise<CustomRead> {
  let total = 0;
  const unread: { resource: ServedResource; error: AutoDevOpsError }[] = [];
  const cut: ServedResource[] = resources.slice(mostResources);
  const endurance = createEndurance();
  const results = await boundedParallel(resources.slice(0, mostResources), atOnce, async (resource) => {
    if (total >= mostInAll) {
      cut.push(resource);
      return [];
    }
    const { objects, complete, error } = await endurance.read(
      () => attempt(resource, reading, () => mostInAll - total),
      (why) => ({ objects: [], complete: true, error: why }),
    );
    total += objects.length;
    if (!complete) cut.push(resource);
    if (error !== undefined) unread.push({ resource, error });
    return objects;
  });
  return { objects: results.flat(), blindSpots: customSpots(unread, cut) };
}

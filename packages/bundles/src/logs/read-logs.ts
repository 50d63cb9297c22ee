import type { LogRequest } from '@autodevops/domain/ports/cluster';
import type { ContainerLog } from '@autodevops/domain/snapshot';
import { stopIfAborted } from '@autodevops/domain/interruption';
import type { BundleFile, BundleSource, WalkOptions } from '../source/bundle-source.ts';
import { isSectionEnd, sectionStart } from './dump-section.ts';
import { logKey } from './log-index.ts';
import type { LogIndex } from './log-index.ts';
import { logWindow } from './log-window.ts';
import type { LogBounds } from './log-window.ts';

interface Wanted {
  readonly request: LogRequest;
  readonly section: boolean;
}

function boundsOf(request: LogRequest, limit: number): LogBounds {
  return { tailLines: request.tailLines, limitBytes: Math.min(request.limitBytes, limit) };
}

async function readWhole(file: BundleFile, bounds: LogBounds): Promise<{ text: string; truncated: boolean }> {
  const window = logWindow(bounds);
  if (file.tail === undefined || file.size <= bounds.limitBytes * 2) {
    for await (const chunk of file.body()) window.write(chunk);
    return window.text();
  }
  for await (const chunk of file.body()) {
    window.write(chunk.subarray(0, 8192));
    break;
  }
  const end = await file.tail(bounds.limitBytes);
  window.skip(Math.max(0, file.size - end.length - 8192));
  window.write(end);
  return window.text();
}

/** Reads the sections of a dump that are asked for, in one pass. */
async function readSections(file: BundleFile, wanted: readonly LogRequest[], limit: number): Promise<ContainerLog[]> {
  const windows = new Map(
    wanted.map((request) => [logKey(request), { request, window: logWindow(boundsOf(request, limit)) }] as const),
  );
  let open: ReturnType<typeof logWindow> | undefined;
  let partial = Buffer.alloc(0);
  const found = new Set<string>();
  const takeLine = (line: Uint8Array): void => {
    const marker = line.length < 1024 && line[0] === 61 ? Buffer.from(line).toString('utf8').trimEnd() : '';
    const name = sectionStart(marker);
    if (name !== undefined) {
      const key = logKey(name);
      open = windows.get(key)?.window;
      if (open !== undefined) found.add(key);
    } else if (isSectionEnd(marker)) open = undefined;
    else open?.write(line);
  };
  for await (const chunk of file.body()) {
    let rest = partial.length === 0 ? Buffer.from(chunk) : Buffer.concat([partial, chunk]);
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      takeLine(rest.subarray(0, at + 1));
      rest = rest.subarray(at + 1);
    }
    if (rest.length > limit) {
      open?.write(rest);
      partial = Buffer.alloc(0);
    } else partial = Buffer.from(rest);
  }
  if (partial.length > 0) takeLine(partial);
  return [...windows]
    .filter(([key]) => found.has(key))
    .map(([, { request, window }]) => ({ ...identity(request), ...window.text() }));
}

function identity({ namespace, pod, container, previous }: LogRequest): Omit<ContainerLog, 'text' | 'truncated'> {
  return { namespace, pod, container, previous };
}

/**
 * The logs asked for, of those that the bundle holds, in one walk through it. Memory is bounded by the limits of the
 * requests; a log that is larger is given by its end (and a little of its beginning, where lines were asked for that
 * far back).
 */
export async function readLogs(
  source: BundleSource,
  index: LogIndex,
  requests: readonly LogRequest[],
  options: WalkOptions,
): Promise<readonly ContainerLog[]> {
  const byPath = new Map<string, Wanted[]>();
  for (const request of requests) {
    const place = index.get(logKey(request));
    if (place === undefined) continue;
    byPath.set(place.path, [...(byPath.get(place.path) ?? []), { request, section: place.section }]);
  }
  const logs: ContainerLog[] = [];
  if (byPath.size === 0) return logs;
  const limit = options.limits.logBytes;
  const visit = async (file: BundleFile): Promise<void> => {
    const wanted = byPath.get(file.path);
    if (wanted === undefined) return;
    byPath.delete(file.path);
    const [first] = wanted;
    if (first?.section === true) {
      logs.push(
        ...(await readSections(
          file,
          wanted.map(({ request }) => request),
          limit,
        )),
      );
    } else if (first !== undefined) {
      const read = await readWhole(file, boundsOf(first.request, limit));
      for (const { request } of wanted) logs.push({ ...identity(request), ...read });
    }
  };
  if (source.pick === undefined) await source.walk(visit, options);
  else {
    for (const path of byPath.keys()) {
      stopIfAborted(options.signal);
      const file = await source.pick(path, options.limits);
      if (file !== undefined) await visit(file);
    }
  }
  return logs;
}

import { timeline } from '@autodevops/agent-core/timeline';
import { neighbourhood, focusObjects } from '@autodevops/agent-core/jamie/focus';
import { counted } from '@autodevops/domain/count-words';
import type { TimelineEntry } from '@autodevops/domain/diagnosis';
import { parseDuration } from '@autodevops/domain/duration';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { timeAgo } from '@autodevops/domain/time-ago';
import { command } from '../command.ts';
import { readSnapshot } from '../looking/read-snapshot.ts';
import { focusFrom, namespacesOf } from '../looking/scope.ts';
import { clusterOptions, duration, everywhere, scopeOptions, structured } from '../options/groups.ts';
import { standing } from '../options/form.ts';
import { option } from '../options/option.ts';
import { blindLines } from '../render/blind-lines.ts';
import { cleared } from '../render/cleared.ts';
import { structuredText } from '../render/structured.ts';
import type { Look } from '../terminal/look.ts';
import { plainAscii } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';

function changesText(
  entries: readonly TimelineEntry[],
  snapshot: Snapshot,
  shown: { readonly look: Look; readonly since: string },
): string {
  const now = snapshot.parts.capturedAt;
  const rows = cleared(entries).map((entry) => [timeAgo(entry.time, now), refText(entry.object), entry.what]);
  const headline =
    entries.length === 0
      ? `Nothing that can be seen changed in the last ${shown.since}.`
      : `${counted(entries.length, 'change')} in the last ${shown.since}.`;
  const lines = rows.length === 0 ? [] : ['', ...table(shown.look, ['when', 'object', 'what'], rows)];
  const text = `${[headline, ...lines, ...blindLines(cleared(snapshot.blindSpots), shown.look, true)].join('\n')}\n`;
  return shown.look.unicode ? text : plainAscii(text);
}

export const changesCommand = command({
  operands: '[KIND/NAME ...]',
  description:
    'What changed, newest first: revisions, writes by people and tools, events, new and deleted objects. With objects: theirs, and those of what they stand on.',
  examples: [
    ['autodevops changes --since 2h', 'everywhere'],
    ['autodevops changes -n shop deploy/web --since 1d', 'of one workload and what it stands on'],
  ],
  options: {
    ...scopeOptions,
    since: option(standing(duration, '1h'), { value: 'DURATION', says: 'How far back, for example 15m, 2h or 7d.' }),
    output: structured,
    ...clusterOptions,
    ...everywhere,
  },
  run: async (run) => {
    const { options, positionals, surroundings, look } = run;
    const namespaces = namespacesOf(options);
    const focus = positionals.length === 0 ? [] : focusFrom(positionals, namespaces);
    const snapshot = await readSnapshot(options, namespaces, run);
    const keys =
      focus.length === 0
        ? undefined
        : neighbourhood(
            snapshot,
            focus.flatMap((f) => focusObjects(snapshot, f)),
          );
    const wanted = (entry: TimelineEntry): boolean =>
      (keys === undefined || keys.has(refKey(entry.object))) &&
      (namespaces === undefined ||
        namespaces.includes(entry.object.namespace) ||
        (entry.object.kind === 'Namespace' && namespaces.includes(entry.object.name)));
    const entries = timeline(snapshot, snapshot.now - (parseDuration(options.since) ?? 0)).filter(wanted);
    const value = {
      schemaVersion: 1,
      capturedAt: snapshot.parts.capturedAt,
      changes: entries,
      blindSpots: snapshot.blindSpots,
    };
    surroundings.stdout.write(
      options.output === 'text'
        ? changesText(entries, snapshot, { look, since: options.since })
        : await structuredText(value, options.output),
    );
    return 0;
  },
});

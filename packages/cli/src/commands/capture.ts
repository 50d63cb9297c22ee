import { resolve } from 'node:path';
import { counted } from '@autodevops/domain/count-words';
import { command } from '../command.ts';
import { withReader } from '../looking/look-at-cluster.ts';
import { namespacesOf } from '../looking/scope.ts';
import { clusterOptions, everywhere, scopeOptions } from '../options/groups.ts';
import { choice, standing, text } from '../options/form.ts';
import { option } from '../options/option.ts';
import { blindLines } from '../render/blind-lines.ts';
import { cleared } from '../render/cleared.ts';
import { shellWord } from '@autodevops/domain/shell-word';
import { structuredText } from '../render/structured.ts';
import type { Captured } from '../surroundings.ts';
import type { Look } from '../terminal/look.ts';
import { plainAscii } from '../terminal/paint.ts';
import { formatBytes } from '@autodevops/domain/quantity';
import { printable } from '@autodevops/domain/printable';

function standardName(now: number): string {
  const time = new Date(now).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return `autodevops-${time}.tar.gz`;
}

function capturedText({ path, objects, logs, bytes, blindSpots }: Captured, next: string, look: Look): string {
  const wrote = `Wrote ${printable(path)}: ${counted(objects, 'object')}, ${counted(logs, 'log')}, ${formatBytes(bytes)}.`;
  const text = `${[wrote, ...blindLines(cleared(blindSpots), look, true), ...(blindSpots.length > 0 ? [''] : []), `Next: autodevops diagnose --from ${shellWord(next)}`].join('\n')}\n`;
  return look.unicode ? text : plainAscii(text);
}

export const captureCommand = command({
  operands: '',
  description:
    'Writes what Jamie sees of a cluster into a file that `diagnose --from` reads: objects, events and the logs of what is in trouble. Values of Secrets are never read; what looks like a credential in logs and texts is masked.',
  examples: [
    ['autodevops capture -o incident.tar.gz', 'the whole cluster'],
    ['autodevops capture -n shop', 'one namespace, into a file named after the time'],
  ],
  options: {
    ...scopeOptions,
    output: option(text, {
      short: 'o',
      value: 'FILE',
      completes: 'files',
      says: 'The file (.tar.gz) to write; named after the time when absent.',
    }),
    format: option(standing(choice(['text', 'json', 'yaml']), 'text'), {
      value: 'FORMAT',
      says: 'How to print what was written: text, json or yaml.',
    }),
    ...clusterOptions,
    ...everywhere,
  },
  run: async (run) => {
    const { options, surroundings, look } = run;
    const path = resolve(options.output ?? standardName(surroundings.now()));
    const namespaces = namespacesOf(options);
    const captured = await withReader(run, options, (reader, watched) =>
      surroundings.capture(reader, { path, namespaces, ...watched }),
    );
    surroundings.stdout.write(
      options.format === 'text'
        ? capturedText(captured, options.output ?? captured.path, look)
        : await structuredText(captured, options.format),
    );
    return 0;
  },
});

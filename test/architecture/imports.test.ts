import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

const builtIns = /^node:/;
const testOnly = ['vitest', 'fast-check', '@autodevops/testkit'];

/** Room of a file: what the import table speaks of. */
const rooms: readonly { room: string; folder: string; may: readonly RegExp[] }[] = [
  { room: 'domain', folder: 'packages/domain/', may: [/^zod$/] },
  { room: 'kube', folder: 'packages/kube/', may: [/^@autodevops\/domain\//, /^yaml$/, /^zod$/, /^rfc6902$/, builtIns] },
  {
    room: 'bundles',
    folder: 'packages/bundles/',
    may: [/^@autodevops\/domain\//, /^yaml$/, /^tar-stream$/, /^yauzl$/, builtIns],
  },
  {
    room: 'store',
    folder: 'packages/store/',
    may: [/^@autodevops\/domain\//, /^better-sqlite3$/, /^pg$/, /^zod$/, builtIns],
  },
  { room: 'delivery', folder: 'packages/delivery/', may: [/^@autodevops\/domain\//, /^ical\.js$/, /^zod$/, builtIns] },
  { room: 'signals', folder: 'packages/signals/', may: [/^@autodevops\/domain\//, /^zod$/, builtIns] },
  {
    room: 'agent-core',
    folder: 'agent-core/',
    may: [/^@autodevops\/domain\//, /^yaml$/, /^zod$/, /^@marcbachmann\/cel-js$/],
  },
  {
    room: 'agentd',
    folder: 'packages/agentd/',
    may: [
      /^@autodevops\/(domain|agent-core)\//,
      /^@hono\/node-server$/,
      /^hono$/,
      /^jose$/,
      /^prom-client$/,
      /^@opentelemetry\//,
      /^@modelcontextprotocol\/sdk\//,
      /^yaml$/,
      /^zod$/,
      builtIns,
    ],
  },
  {
    room: 'testkit',
    folder: 'packages/testkit/',
    may: [/^@autodevops\//, /^@slack\//, /^vitest$/, /^ws$/, /^yaml$/, /^zod$/, builtIns],
  },
  {
    room: 'cli',
    folder: 'packages/cli/',
    may: [
      /^@autodevops\/(domain|agent-core)\//,
      /^@autodevops\/agent-core$/,
      /^@autodevops\/agentd\/(client|configuration|read-configuration|process\/[\w-]+)$/,
      /^@autodevops\/bot\/(dead-letters|manifest|slack-check)$/,
      /^zod$/,
      /^yaml$/,
      builtIns,
    ],
  },
  {
    room: 'bot',
    folder: 'bot/',
    may: [
      /^@autodevops\/domain\//,
      /^@autodevops\/agent-core\/reading\/near-match$/,
      /^@autodevops\/agentd\/(client|endpoints|assertion|socket-fetch|tcp-fetch|yaml-settings)$/,
      /^@resvg\/resvg-wasm$/,
      /^@slack\//,
      /^@viz-js\/viz$/,
      /^prom-client$/,
      /^zod$/,
      builtIns,
    ],
  },
  {
    room: 'extension',
    folder: 'extension/',
    may: [
      /^@autodevops\/domain\//,
      /^@autodevops\/agentd\/(client|endpoints|contract-version|configuration|process\/[\w-]+)$/,
      /^@autodevops\/agent-core\/(scarlet\/actions|reading\/near-match)$/,
      /^vscode$/,
      /^yaml$/,
      /^zod$/,
      builtIns,
    ],
  },
];
/** The only files that see adapters. */
const composes = [
  'agent-door/compose',
  'keeping/compose',
  'local/compose',
  'slack/compose',
  'sample/compose',
  'compose',
]
  .map((name) => `packages/cli/src/${name}.ts`)
  .concat(
    'bot/src/compose.ts',
    'bot/src/keeping/compose.ts',
    'packages/agentd/src/compose.ts',
    'packages/agentd/src/keeping/compose.ts',
    'packages/agentd/src/on-call/compose.ts',
    'packages/agentd/src/signals/compose.ts',
    'extension/src/compose.ts',
    'extension/src/agent/compose.ts',
    'extension/src/local/compose.ts',
  );
const adapters = /^@autodevops\/(kube|bundles|store|delivery|signals|agentd|bot)\//;

function isTest(file: SourceFile): boolean {
  return /\.test\.ts$|\.test-[\w-]+\.ts$|\/testing\//.test(file.path);
}

function allowed(file: SourceFile, imported: string, may: readonly RegExp[]): boolean {
  if (imported.startsWith('.')) return true;
  if (may.some((pattern) => pattern.test(imported))) return true;
  const composing = composes.find(
    (compose) =>
      file.path === compose || (isTest(file) && file.path.startsWith(compose.replace(/src\/.*compose\.ts$/, ''))),
  );
  if (composing !== undefined && adapters.test(imported)) return true;
  return (
    isTest(file) &&
    (builtIns.test(imported) ||
      testOnly.some((name) => imported === name || imported.startsWith(`${name}/`)) ||
      /client-node/.test(imported) ||
      /^tar-stream$|^yaml$|^happy-dom$/.test(imported))
  );
}

const files = sourceFiles();

describe('the import table', () => {
  for (const { room, folder, may } of rooms) {
    it(`${room} imports only what it may`, () => {
      const own = files.filter((file) => file.path.startsWith(folder));
      expect(own.length).toBeGreaterThan(0);
      const wrong = own.flatMap((file) =>
        file.imports.filter((i) => !allowed(file, i, may)).map((i) => `${file.path} imports ${i}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  it('no package reaches into another by a relative path', () => {
    const home = (path: string): string => /^(packages\/[^/]+|agent-core|extension|bot)\//.exec(path)?.[1] ?? '';
    const wrong = files.flatMap((file) => {
      if (home(file.path) === '') return [];
      const relative = file.imports.filter((i) => i.startsWith('.'));
      return relative
        .map((i) => posix.join(posix.dirname(file.path), i))
        .filter((target) => home(target) !== home(file.path) && !file.path.startsWith('packages/workspace/'))
        .map((target) => `${file.path} reaches ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('only the layer of the editor imports it, and only that layer reaches into itself', () => {
    const own = files.filter(
      (file) => file.path.startsWith('extension/src/') && !file.path.startsWith('extension/src/vscode/'),
    );
    const layer = (file: SourceFile, imported: string): boolean =>
      imported === 'vscode' || posix.join(posix.dirname(file.path), imported).startsWith('extension/src/vscode/');
    expect(
      own.flatMap((file) =>
        file.imports.filter((imported) => layer(file, imported)).map((imported) => `${file.path} imports ${imported}`),
      ),
    ).toEqual([]);
    expect(files.some((file) => file.path.startsWith('extension/src/vscode/') && file.imports.includes('vscode'))).toBe(
      true,
    );
  });

  it('only tests import the testkit', () => {
    const wrong = files.filter(
      (file) =>
        !isTest(file) &&
        !file.path.startsWith('packages/testkit/') &&
        !file.path.startsWith('test/') &&
        file.imports.some((i) => i.startsWith('@autodevops/testkit')),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});

/** Folders of agent-core, each with those that it may reach; what is further down knows nothing of what is above. */
const floors: Readonly<Record<string, readonly string[]>> = {
  reading: [],
  evidence: ['reading'],
  graph: ['reading'],
  timeline: ['evidence', 'reading'],
  analyzers: ['evidence', 'reading'],
  jamie: ['analyzers', 'evidence', 'graph', 'reading', 'timeline'],
  ask: ['analyzers', 'graph', 'jamie', 'reading', 'timeline'],
  lookups: ['analyzers', 'ask', 'graph', 'jamie', 'reading', 'timeline'],
  scarlet: ['reading'],
  changes: ['reading', 'scarlet'],
  incidents: ['analyzers', 'changes', 'reading', 'scarlet'],
};

describe('the folders of agent-core', () => {
  const core = 'agent-core/src/';
  const folderOf = (path: string): string => path.slice(core.length).split('/')[0] ?? '';
  const own = files.filter((file) => file.path.startsWith(core));

  it('are all known here', () => {
    expect([...new Set(own.map((file) => folderOf(file.path)))].toSorted()).toEqual(Object.keys(floors).toSorted());
  });

  it('reach only down', () => {
    const wrong = own
      .filter((file) => !isTest(file))
      .flatMap((file) => {
        const folder = folderOf(file.path);
        const reached = file.imports
          .filter((i) => i.startsWith('.'))
          .map((i) => folderOf(posix.join(posix.dirname(file.path), i)));
        return [...new Set(reached)]
          .filter((other) => other !== folder && floors[folder]?.includes(other) !== true)
          .map((other) => `${file.path} reaches ${other}`);
      });
    expect(wrong).toEqual([]);
  });

  it('of analyzers lie beside nothing but what lists them', () => {
    const beside = own
      .filter((file) => /^agent-core\/src\/analyzers\/[^/]+$/.test(file.path) && !isTest(file))
      .map((file) => posix.basename(file.path));
    expect(beside).toEqual(['analyzer.ts', 'catalogue.ts', 'registry.ts']);
  });
});

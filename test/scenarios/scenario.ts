import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';

/** What a scenario says of itself. `object`: `Kind/name`; `$NS` in a name stands for its namespace. */
interface ScenarioFile {
  readonly code: string;
  readonly object: string;
  readonly layer?: 'kind' | 'control-plane';
  /** How long the fault may take to show, in seconds. */
  readonly seconds?: number;
}

export interface Scenario {
  /** `images/tag-does-not-exist` */
  readonly name: string;
  readonly code: string;
  readonly object: string;
  readonly layer: 'kind' | 'control-plane';
  readonly seconds: number;
  /** Manifests in the order in which they are applied. */
  readonly sick: readonly string[];
  readonly healthy: readonly string[];
}

function manifests(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

function load(folder: string, home: string): Scenario {
  const file = parse(readFileSync(join(folder, 'scenario.yaml'), 'utf8')) as ScenarioFile;
  return {
    name: relative(home, folder).split(sep).join('/'),
    code: file.code,
    object: file.object,
    layer: file.layer ?? 'kind',
    seconds: file.seconds ?? 120,
    sick: manifests(join(folder, 'sick')),
    healthy: manifests(join(folder, 'healthy')),
  };
}

/** Every scenario of a layer, by name; `AUTODEVOPS_SCENARIO` narrows them to a beginning of the path. */
export function loadScenarios(layer: Scenario['layer']): readonly Scenario[] {
  const home = import.meta.dirname;
  const only = process.env['AUTODEVOPS_SCENARIO'] ?? '';
  const chapters = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return chapters
    .flatMap((chapter) => readdirSync(join(home, chapter.name)).map((name) => join(home, chapter.name, name)))
    .filter((folder) => existsSync(join(folder, 'scenario.yaml')))
    .map((folder) => load(folder, home))
    .filter((scenario) => scenario.layer === layer && scenario.name.startsWith(only))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

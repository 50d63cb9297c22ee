import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ActionRequest } from '../../packages/domain/src/change/plan.ts';

const Layer = z.enum(['kind', 'control-plane']);
type Layer = z.infer<typeof Layer>;

/** What a scenario says of itself. `object`: `Kind/name`; `$NS` in a name stands for its namespace. */
const ScenarioFile = z.strictObject({
  code: z.string().min(1),
  object: z.string().min(1),
  layer: Layer.default('kind'),
  /** The code is information below the line: the verdict about the sick namespace is *healthy*. */
  information: z.boolean().default(false),
  /** A code that the answer must show as this one's symptom. */
  symptom: z.string().default(''),
  /** The object is the cluster's own, and nothing in the namespace suffers yet: only the answer about the whole cluster tells it. */
  wholeCluster: z.boolean().default(false),
  /** It harms other scenarios, so it runs after them, by itself. */
  apart: z.boolean().default(false),
  /** How long the fault may take to show, in seconds. */
  seconds: z.number().positive().default(120),
  /** The action that repairs it: Jamie proposes it, Scarlet carries it out, Jamie sees that it helped. Empty: nobody tries to. */
  repair: z.string().default(''),
  /** The parameters of it that only a person can give. */
  repairWith: ActionRequest.shape.params.default({}),
});

/**
 * One file of objects and what is done with them: `2.delete.yaml` deletes, `3.status.yaml` writes their status, any other
 * applies. `afterRestart`: once a container in the namespace has ended and been started again (`4.after-restart.yaml`),
 * without waiting until everything is available.
 */
export interface Manifest {
  readonly deed: 'apply' | 'delete' | 'status';
  readonly afterRestart: boolean;
  readonly text: string;
}

export interface Scenario extends Readonly<z.infer<typeof ScenarioFile>> {
  /** `images/tag-does-not-exist` */
  readonly name: string;
  /** Manifests in the order in which they are applied. */
  readonly sick: readonly Manifest[];
  readonly healthy: readonly Manifest[];
}

function deedOf(file: string): Manifest['deed'] {
  if (file.endsWith('.delete.yaml')) return 'delete';
  return file.endsWith('.status.yaml') ? 'status' : 'apply';
}

function manifests(folder: string): readonly Manifest[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => ({
      deed: deedOf(file),
      afterRestart: file.endsWith('.after-restart.yaml'),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

function load(folder: string, home: string): Scenario {
  return {
    ...ScenarioFile.parse(parse(readFileSync(join(folder, 'scenario.yaml'), 'utf8'))),
    name: relative(home, folder).split(sep).join('/'),
    sick: manifests(join(folder, 'sick')),
    healthy: manifests(join(folder, 'healthy')),
  };
}

/** Every scenario of a layer, by name; `AUTODEVOPS_SCENARIO` narrows them to a beginning of the path (several: `a,b`). */
export function loadScenarios(layer: Layer): readonly Scenario[] {
  const home = import.meta.dirname;
  const only = (process.env['AUTODEVOPS_SCENARIO'] ?? '').split(',');
  const chapters = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return chapters
    .flatMap((chapter) => readdirSync(join(home, chapter.name)).map((name) => join(home, chapter.name, name)))
    .filter((folder) => existsSync(join(folder, 'scenario.yaml')))
    .map((folder) => load(folder, home))
    .filter((scenario) => scenario.layer === layer && only.some((beginning) => scenario.name.startsWith(beginning)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

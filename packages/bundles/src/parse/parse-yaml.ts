import { LineCounter, parseDocument } from 'yaml';
import type { Tags } from 'yaml';
import type { Limits } from '../limits.ts';
import { NotPlain } from './plain-scalar.ts';
import { parsePlainYaml } from './plain-yaml.ts';

/** Times and numbers in base 60 stay texts, as in Kubernetes; sets, ordered maps and binaries have no place in it. */
const unwanted = /timestamp|binary|omap|pairs|set$/;

function kubernetesTags(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === 'string' || (!unwanted.test(tag.tag) && (tag as { format?: string }).format !== 'TIME'),
  );
}

/** Thrown with a short reason and the line within the text (from 1) where it is known. */
export class YamlProblem extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Any YAML document, by the rules of 1.1. Throws `YamlProblem`; aliases and nesting are bounded. */
export function parseGeneralYaml(text: string): unknown {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: '1.1',
      customTags: kubernetesTags,
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      prettyErrors: false,
      lineCounter: lines,
    });
    const [error] = document.errors;
    if (error !== undefined) throw new YamlProblem(error.message, lines.linePos(error.pos[0]).line);
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (error instanceof YamlProblem) throw error;
    if (error instanceof RangeError) throw new YamlProblem('lists and maps lie too deep', 1);
    throw new YamlProblem(error instanceof Error ? error.message : String(error), 1);
  }
}

/** One YAML document: quickly where it is plain, else by the general parser if it is small enough for that. */
export function parseYaml(text: string, limits: Limits): unknown {
  try {
    return parsePlainYaml(text);
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
  }
  if (text.length > limits.slowYamlChars) {
    throw new YamlProblem(
      `one object of unusual YAML is larger than ${Math.round(limits.slowYamlChars / 1024)} KiB`,
      1,
    );
  }
  return parseGeneralYaml(text);
}

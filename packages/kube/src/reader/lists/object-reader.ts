import { name, object } from '@autodevops/domain/kubernetes/shape';
import { Damaged } from '../../json/damaged.ts';
import { parseJson, plainJson } from '../../json/parse-json.ts';
import type { JsonParser } from '../../json/parse-json.ts';
import type { ParsedObject } from '../../json/parsed-object.ts';
import { RecurringJson } from '../../json/recurring-json.ts';
import type { RecurringOptions } from '../../json/recurring-json.ts';
import { HeldMemory } from './held-memory.ts';
import { createKeeper } from './keeper.ts';
import type { ListSource } from './list-source.ts';

/** Reads the objects of one list or watch, in their order. */
export interface ObjectReader {
  /** Of a list: its objects. Of a watch: its events, each with its `type` and `object`. */
  readonly parser: JsonParser;
  /** Makes an object of what was parsed. `before`: its former version. Throws `TooMuchHeld`. */
  readonly read: (parsed: ParsedObject, before?: object) => object;
}

/**
 * Holds objects with as little memory, and makes them with as little work, as they need: what an object has in common
 * with its former version, with the last one of the same controller, or with the one that was read before it is shared.
 */
export interface Sharing {
  readonly ofList: (kind: string, source: ListSource) => ObjectReader;
  readonly ofWatch: (kind: string, source: ListSource) => ObjectReader;
  /** Of everything that is read here. */
  readonly memory: HeldMemory;
}

const mostGroups = 20_000;
/** As few are read sooner without comparing them with one another, as measured in new processes. */
const fewObjects = 200;

function groupOf(kind: string, { metadata }: ParsedObject): string {
  const owners = metadata['ownerReferences'] as readonly ({ readonly uid?: unknown } | null)[] | undefined;
  const owner = Array.isArray(owners) ? owners[0]?.uid : undefined;
  return typeof owner === 'string' ? `${kind} ${owner}` : kind;
}

function isError(event: unknown): boolean {
  return (event as { readonly type?: unknown } | null)?.type === 'ERROR';
}

/** An ERROR event holds no object of the kind: it is read as it came. */
function eventsParser(parser: JsonParser): JsonParser {
  const parse = (line: Buffer): unknown => {
    try {
      const event = parser.parse(line);
      if (!isError(event)) return event;
    } catch (error) {
      if (!(error instanceof Damaged) || !isError(parseJson(line))) throw error;
    }
    return parseJson(line);
  };
  return { parse };
}

/** `mostHeld`: bytes that all objects together may take. Absent: what this process has room for. */
export function createSharing(mostHeld?: number): Sharing {
  const { keepLike } = createKeeper();
  let latest = new Map<string, object>();
  const memory = new HeldMemory(mostHeld, () => {
    latest = new Map();
  });
  let early = fewObjects;
  const isEarly = (): boolean => early > 0 && early-- > 0;

  const readerOf = (kind: string, { shape, read }: ListSource): ObjectReader['read'] => {
    const finish = shape === undefined ? read : (shape.made?.by ?? ((parsed: unknown) => parsed as object));
    let beside: object | undefined;
    return (parsed, before) => {
      const group = groupOf(kind, parsed);
      const like = before ?? latest.get(group) ?? beside ?? {};
      const whole = finish(parsed);
      // With the one beside it a parser by shape has shared it already.
      const made = shape !== undefined && like === beside ? whole : keepLike(whole, like);
      memory.add(made, like);
      beside = made;
      if (latest.size >= mostGroups) latest = new Map();
      latest.set(group, made);
      return made;
    };
  };
  const recurring = (options: Omit<RecurringOptions, 'keep'>): JsonParser =>
    new RecurringJson({ ...options, keep: keepLike });
  return {
    memory,
    ofList: (kind, source) => {
      const shape = source.shape?.made?.of ?? source.shape;
      const parser = shape === undefined ? plainJson : recurring({ shape, object: ['metadata'], isEarly });
      return { parser, read: readerOf(kind, source) };
    },
    ofWatch: (kind, source) => {
      const shape = source.shape?.made?.of ?? source.shape;
      const parser =
        shape === undefined
          ? plainJson
          : recurring({ shape: object({ type: name, object: shape }), object: ['object', 'metadata'] });
      return { parser: eventsParser(parser), read: readerOf(kind, source) };
    },
  };
}

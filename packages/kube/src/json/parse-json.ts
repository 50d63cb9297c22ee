import { withoutFieldOwners } from '../http/slim-json.ts';

/** Reads JSON documents, one after the other. */
export interface JsonParser {
  /** Throws `SyntaxError`. */
  readonly parse: (document: Buffer) => unknown;
  /** The object that these bytes begin with. Undefined where its end has to be found first. */
  readonly parseBeginning?: ((bytes: Buffer) => ParsedBeginning | undefined) | undefined;
}

export interface ParsedBeginning {
  readonly value: unknown;
  /** In bytes. */
  readonly length: number;
}

/** The value without who owns which field. Throws `SyntaxError`. */
export function parseJson(document: Buffer): unknown {
  return JSON.parse(withoutFieldOwners(document).toString('utf8')) as unknown;
}

/** Reads each document for itself. */
export const plainJson: JsonParser = { parse: parseJson };

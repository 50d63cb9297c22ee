import { withoutFieldOwners } from '../http/slim-json.ts';

/** The value that these bytes are, as JSON, without who owns which field. Throws `SyntaxError`. */
export function parseObject(bytes: Buffer): unknown {
  return JSON.parse(withoutFieldOwners(bytes).toString('utf8')) as unknown;
}

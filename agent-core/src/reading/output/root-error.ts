import { said } from '../said.ts';

/** What stands before the words of whoever refused: wrappers of RPC, of the clouds' libraries and of the kubelet's mount. */
const wrappers: readonly RegExp[] = [
  /\brpc error: code = \w+ desc = /g,
  /\bapi error /g,
  /\bgoogleapi: /g,
  /\bRESPONSE \d{3}: /g,
  /\bOutput: /g,
  // Ceph's driver: after its arguments, which are many.
  /\berror output: /g,
  // CNI: which plugin, and what it was to do with the sandbox.
  /\bplugin type="[\w.-]{1,60}"(?: name="[\w.-]{1,60}")? failed \((?:add|delete|check)\): /g,
];

function afterLast(text: string, wrapper: RegExp): string {
  const last = [...text.matchAll(wrapper)].at(-1);
  const rest = last === undefined ? '' : text.slice(last.index + last[0].length).trim();
  return rest === '' ? text : rest;
}

/** What a cloud's service answers in JSON: its sentence says more than the fields around it. */
function sentenceIn(text: string): string | undefined {
  const found = /"message": ?"((?:[^"\\]|\\.){12,2000})"/.exec(text)?.[1];
  return found
    ?.replaceAll(/\\r|\\n/g, ' ')
    .replaceAll('\\"', '"')
    .trim();
}

/** Without the outermost of the parts by which Go nests its errors. */
function inner(text: string): string {
  const at = text.indexOf(': ');
  return at < 0 ? text : text.slice(at + 2).trim();
}

/**
 * The part of a nested error that says why, for use within a sentence: what its wrappers hold, and where that is still
 * too long its innermost parts.
 */
export function rootError(message: string, length = 240): string {
  // Rules of dashes part the answer of a service from its headers.
  let text = wrappers.reduce(afterLast, message.slice(0, 4_000).replaceAll(/-{5,}/g, ' ').trim());
  const sentence = text.length > length ? sentenceIn(text) : undefined;
  if (sentence !== undefined) return said(sentence, length);
  // The last part alone is often a bare word ("not found"): what is about it stays as long as there is room.
  while (text.length > length && inner(text).length >= length / 3 && inner(text) !== text) text = inner(text);
  return said(text, length);
}

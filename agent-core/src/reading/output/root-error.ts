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

/** What Helm says of an object of somebody else: which object it is stands first, and the list of what it lacks is always the same. */
const foreignToRelease =
  /\b(\w+ "[^"]{1,253}" in namespace "[^"]{0,63}" exists and cannot be imported into the current release)\b/;

/** Folders of the kubelet and the runtimes, which say nothing to people. */
const longPath = /(\/[^\s/:]{1,40}\/)[^\s:]{60,}(\/[^\s/:]{1,40})/g;

/** In parentheses, and longer than what it stands beside. */
const longAside = / ?\([^()]{60,}\)/g;

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

/** An answer that begins an object of JSON by the name of its error. */
const answersInJson = /\{\s*"(?:error|[A-Za-z]{3,40}(?:Error|Request))"\s*:/;

/** Where the first colon is that stands in no parentheses: what these hold is an aside. */
function outerColon(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    else if (depth <= 0 && text.startsWith(': ', at)) return at;
  }
  return -1;
}

/** Without the outermost of the parts by which Go nests its errors. */
function inner(text: string): string {
  const outer = outerColon(text);
  const at = outer < 0 ? text.indexOf(': ') : outer;
  return at < 0 ? text : text.slice(at + 2).trim();
}

/** Without as many of its outer parts as it takes to be that short. The last alone is often a bare word ("not found"): what it is about stays. */
export function innerParts(text: string, length: number): string {
  let rest = text;
  while (rest.length > length && inner(rest).length >= length / 3 && inner(rest) !== rest) rest = inner(rest);
  return rest;
}

/**
 * The part of a nested error that says why, for use within a sentence: what its wrappers hold, and where that is still
 * too long its innermost parts.
 */
export function rootError(message: string, length = 240): string {
  // Rules of dashes part the answer of a service from its headers.
  const text = wrappers.reduce(afterLast, message.slice(0, 4_000).replaceAll(/-{5,}/g, ' ').trim());
  const isLong = text.length > length;
  const sentence =
    (isLong || answersInJson.test(text) ? sentenceIn(text) : undefined) ??
    (isLong ? foreignToRelease.exec(text)?.[1] : undefined);
  if (sentence !== undefined) return said(sentence, length);
  const told = innerParts(text.length > length ? text.replaceAll(longPath, '$1…$2') : text, length);
  return said(told.length > length ? told.replaceAll(longAside, '') : told, length);
}

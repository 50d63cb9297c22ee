import type { FailureKind } from './failure-kind.ts';

/** How sentences of any program put it that a version is another than the one that it wants. */
const ofVersions: readonly RegExp[] = [
  /\bversion\b.{0,60}\d.{0,80}\b(?:but|requires?|required|expected|specified|needs?)\b.{0,80}\d/,
  /\b(?:requires?|expected|needs?)\b.{0,60}\bversion\b.{0,40}\d.{0,80}\b(?:got|found|have|has|is|running)\b.{0,40}\d/,
];

/** That two of its settings contradict each other, or that one has a value which cannot be. */
const ofValues: readonly RegExp[] = [
  /\b(?:must|may|should|can)(?: not|not)? (?:only )?be (?:set |marked |greater|less|larger|smaller|lower|higher|at least|at most|between|positive|negative|empty|zero|unique|one of|either)/,
  /\bmust (?:contain|start|begin|end|match|equal|have)\b/,
  /\bonly one\b.{1,80}\b(?:can|may|must) be\b/,
  /\b(?:out of range|mutually exclusive|conflicts with|is invalid|are invalid|not a valid)\b/,
];

/** That a setting was not given. */
const ofLack: readonly RegExp[] = [
  /\bno [\w .-]{2,50} (?:has been|have been|was|were|is|are) (?:specified|set|configured|provided|given|defined)\b/,
  /\b(?:has|have) not been (?:specified|set|configured|provided|defined)\b/,
  /\bmissing (?:required |mandatory )*(?:config|configuration|setting|option|property|parameter|argument|key|field)\b/,
  /\b(?:is|are|was|were) not (?:specified|set|configured|provided|defined)\b/,
];

/** That a server turned it away, told by the number only. */
const ofRefusal =
  /\b(?:401 unauthorized|403 forbidden|(?:http|status|status code|code|returned error)[ :=]{1,2}40[13]\b)/;

/** That a server has nothing at the address that was asked. */
const ofAbsence =
  /\b(?:unexpected status|status(?: code)?|response code|server returned|returned error)[ :="]{1,3}404\b|\b404 (?:page )?not found\b/;

/**
 * What a line demands by the form of its sentence, whatever the program: for last words that no rule knows. It says who
 * must act (the image, the configuration, whoever gives out credentials), and the line itself says what is wanted.
 */
export function demandIn(lower: string): FailureKind | undefined {
  const begin = lower.slice(0, 600);
  if (ofRefusal.test(begin)) return 'credentials';
  if (ofAbsence.test(begin)) return 'resource-missing';
  if (ofVersions.some((form) => form.test(begin))) return 'runtime-version';
  return [...ofValues, ...ofLack].some((form) => form.test(begin)) ? 'configuration' : undefined;
}

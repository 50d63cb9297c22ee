/** The first lines of `kubectl describe`: a name, and other fields below it. */
const described = /^Name:[ \t]+\S/m;
const describedBeside = /^(?:Namespace|Labels|Annotations|Selector|Roles|API Version|Type|Reason):/m;
/** The heading of a table: at least two columns in capitals, two blanks apart. */
const heading =
  /^(?:NAMESPACE|NAME|LAST SEEN|TYPE|POD|NODE)(?: {2,}[A-Z][A-Z0-9%/-]*(?:\([a-zA-Z]+\))?(?: [A-Z][A-Z%/-]*)*)+ *$/;

/** True for what kubectl prints for people (`describe`, and the tables of `get` and `top`), by its beginning. */
export function isPrintedByKubectl(head: string): boolean {
  const first =
    head
      .split('\n', 20)
      .find((line) => line.trim() !== '')
      ?.trimEnd() ?? '';
  return (
    heading.test(first.slice(0, 400)) ||
    (first.startsWith('Name:') && described.test(head) && describedBeside.test(head))
  );
}

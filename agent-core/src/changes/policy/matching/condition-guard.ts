import type { ASTNode } from '@marcbachmann/cel-js';
import { variables } from './condition-variables.ts';

/** Functions and macros that a condition may call. `matches` is not one: a regular expression can run for ever. */
const calls = new Set([
  'has',
  'size',
  'contains',
  'startsWith',
  'endsWith',
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
  'int',
  'double',
  'string',
  'timestamp',
  'duration',
  'getFullYear',
  'getMonth',
  'getDayOfMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMinutes',
  'getSeconds',
]);
const loops = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
/** What may be asked for by `has`: here an absence is known, there it is a fact that is missing. */
const mayBeAbsent = new Set(['params', 'finding', 'labels']);

interface Place {
  readonly inLoop: boolean;
  /** The node is what a field is selected from. */
  readonly selected: boolean;
}

const outside: Place = { inLoop: false, selected: false };

function rootOf(node: ASTNode): string {
  return node.op === '.' ? rootOf(node.args[0]) : node.op === 'id' ? node.args : '';
}

function offenceOfCall(name: string, args: readonly ASTNode[], { inLoop }: Place): string | undefined {
  if (!calls.has(name)) return `${name}() is not offered in conditions`;
  if (inLoop && loops.has(name)) return `${name}() is inside of another loop; conditions have one level of loops`;
  const asked = args[0];
  if (loops.has(name) && asked?.op === 'id' && variables.includes(asked.args)) {
    return `${asked.args} is a variable already; name what the loop goes through otherwise`;
  }
  if (name === 'has' && asked !== undefined && !mayBeAbsent.has(rootOf(asked))) {
    return 'has() asks for params, finding and labels only: a fact that is missing is not a no';
  }
  return undefined;
}

function children(node: ASTNode): readonly (readonly [ASTNode, Partial<Place>])[] {
  const plain = (nodes: readonly ASTNode[]): (readonly [ASTNode, Partial<Place>])[] =>
    nodes.map((inner) => [inner, {}]);
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [[node.args[0], { selected: true }]];
    case 'call':
      return plain(node.args[1]);
    case 'rcall':
      return [
        ...plain([node.args[1]]),
        ...node.args[2].map((inner): [ASTNode, Partial<Place>] => [
          inner,
          loops.has(node.args[0]) ? { inLoop: true } : {},
        ]),
      ];
    case 'map':
      return plain(node.args.flat());
    case '!_':
    case '-_':
      return plain([node.args]);
    default:
      return plain(node.args as readonly ASTNode[]);
  }
}

function offenceHere(node: ASTNode, place: Place): string | undefined {
  if (node.op === 'call') return offenceOfCall(node.args[0], node.args[1], place);
  if (node.op === 'rcall') return offenceOfCall(node.args[0], node.args[2], place);
  if (node.op === '.?' || node.op === '[?]') {
    return 'optional fields are not offered: a fact that is missing is not a no';
  }
  if (node.op === 'id' && node.args === 'facts' && !place.selected) return 'facts are read by name: facts.reversible';
  return undefined;
}

/** What a condition does that conditions may not; undefined for a good one. The tree is bounded, so the walk is. */
export function offenceOf(node: ASTNode, place: Place = outside): string | undefined {
  const here = offenceHere(node, place);
  if (here !== undefined) return here;
  for (const [inner, change] of children(node)) {
    const found = offenceOf(inner, { ...place, selected: false, ...change });
    if (found !== undefined) return found;
  }
  return undefined;
}

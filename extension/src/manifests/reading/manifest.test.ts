import { describe, expect, it } from 'vitest';
import { namespaceOf, readManifests } from './manifest.ts';

const two =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n# a remark\napiVersion: v1\nkind: Service\nmetadata: {name: b, namespace: shop}\n';

describe('reading a file', () => {
  it('gives each object of it, at its place', () => {
    const [a, b] = readManifests(two);
    expect(a).toMatchObject({ kind: 'ConfigMap', name: 'a', namespace: '', whole: true });
    expect(b).toMatchObject({
      kind: 'Service',
      name: 'b',
      namespace: 'shop',
      start: two.indexOf('apiVersion: v1\nkind: Service'),
    });
  });

  it('passes over what is no object, and reads on after what is broken', () => {
    expect(readManifests('hello: world\n')).toEqual([]);
    expect(readManifests('apiVersion: v1\nkind: List\n')).toEqual([]);
    const broken = readManifests(`apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: [\n---\n${two}`);
    expect(broken.filter(({ whole }) => whole).map(({ name }) => name)).toContain('b');
  });

  it('leaves templates of Helm alone, but not a remark or a text in braces', () => {
    expect(
      readManifests(
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {summary: "{{ $labels.pod }} is down"}\n',
      ),
    ).toHaveLength(1);
    expect(readManifests('apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n')).toEqual([]);
    expect(readManifests(`# {{ not a template }}\n${two}`)).toHaveLength(2);
  });
});

describe('what is hostile', () => {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

  it('is no bomb: anchors that would grow without end are not followed', () => {
    const levels = Array.from(
      { length: 12 },
      (_, at) => `a${at + 1}: &a${at + 1} [${Array.from({ length: 10 }, () => `*a${at}`).join(', ')}]`,
    ).join('\n');
    expect(readManifests(`${head}a0: &a0 [x]\n${levels}\n`)).toEqual([]);
  });

  it('is not read at all when it is longer than a person reads', () => {
    expect(readManifests(`${head}data: {a: "${'x'.repeat(50 * 1024 * 1024)}"}\n`)).toEqual([]);
  });

  it('ends nothing by its depth', () => {
    expect(() => readManifests(`${head}data: ${'['.repeat(100_000)}`)).not.toThrow();
  });
});

it('what lies in no namespace has none, whatever the window says', () => {
  expect(namespaceOf({ kind: 'Service', namespace: '' }, 'shop')).toBe('shop');
  expect(namespaceOf({ kind: 'Service', namespace: 'bank' }, 'shop')).toBe('bank');
  expect(namespaceOf({ kind: 'Node', namespace: '' }, 'shop')).toBe('');
});

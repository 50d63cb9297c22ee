import { describe, expect, it } from 'vitest';
import { changedValue, pathOfChanged } from './changed-field.ts';

const object = {
  metadata: { annotations: { 'a.b/c': 'x' } },
  spec: {
    template: {
      spec: {
        containers: [
          { name: 'side', env: [{ name: 'URL', value: '0' }] },
          {
            name: 'app',
            env: [
              { name: 'URL', value: '1' },
              { name: 'TWICE', value: '2' },
              { name: 'TWICE', value: '3' },
            ],
            ports: [{ containerPort: 80 }, { containerPort: 9000 }],
          },
        ],
      },
    },
    rules: [{ a: 1 }, { a: 2 }],
  },
};

describe('the field that a change names', () => {
  it('is found by what the entries of lists are called, else by their place', () => {
    const containers = ['spec', 'template', 'spec', 'containers', 1];
    expect(pathOfChanged(object, 'spec.template.spec.containers[app].env[URL].value')).toEqual([
      ...containers,
      'env',
      0,
      'value',
    ]);
    expect(pathOfChanged(object, 'spec.template.spec.containers[app].ports[9000].containerPort')).toEqual([
      ...containers,
      'ports',
      1,
      'containerPort',
    ]);
    expect(pathOfChanged(object, 'spec.rules[1].a')).toEqual(['spec', 'rules', 1, 'a']);
  });

  it('may have a key with dots in it', () => {
    expect(pathOfChanged(object, 'metadata.annotations[a.b/c]')).toEqual(['metadata', 'annotations', 'a.b/c']);
  });

  it('is nowhere where the object has none such, or two', () => {
    for (const field of [
      '',
      'spec.replicas',
      'spec.template.spec.containers[ap].env[URL].value',
      'spec.template.spec.containers[app].env[TWICE].value',
      'metadata.constructor',
      'metadata.annotations[a.b/c',
      '[[[',
      '.'.repeat(5000),
    ]) {
      expect(pathOfChanged(object, field), field).toBeUndefined();
    }
  });
});

describe('a value that a change wrote', () => {
  it('is what YAML reads: a number, or a text of digits', () => {
    expect(['5433', '"5433"', 'postgres://shop@db:5433/shop', '[a, b]'].map(changedValue)).toEqual([
      5433,
      '5433',
      'postgres://shop@db:5433/shop',
      ['a', 'b'],
    ]);
  });

  it('is none where there is nothing, or no YAML', () => {
    for (const written of ['', '"abc', '[a', '*bomb', `"${'x'.repeat(1999)}… (9000 characters)`]) {
      expect(changedValue(written), written).toBeUndefined();
    }
  });
});

import { expect, it } from 'vitest';
import { requireStoreNode } from './native-store.ts';

it('says which Node it needs before an older one could end without a word', () => {
  expect(() => requireStoreNode('v20.20.2')).toThrow('Node.js 22 or newer is needed; this is v20.20.2');
  expect(() => requireStoreNode('v22.0.0')).not.toThrow();
  expect(() => requireStoreNode('v24.21.0')).not.toThrow();
});

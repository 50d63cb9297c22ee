import { expect, it } from 'vitest';
import { coversHost } from './tls-secret.ts';

it.each([
  ['shop.example.com', 'SHOP.example.com', true],
  ['*.example.com', 'shop.example.com', true],
  ['*.example.com', 'a.shop.example.com', false],
  ['*.example.com', 'example.com', false],
  ['example.com', 'shop.example.com', false],
])('%s covers %s: %s', (name, host, covered) => expect(coversHost(name, host)).toBe(covered));

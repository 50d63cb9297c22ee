import { describe, expect, it } from 'vitest';
import { isMeant } from './matching.ts';

describe('a value that a person wrote', () => {
  it.each([
    ['busybox:1.36', 'busybox'],
    ['registry.example.com/shop/web:2.4.1', 'registry.example.com'],
    ['registry.example.com/shop/web:2.4.1', 'web'],
    ['80/TCP (http)', '80'],
    ['80/TCP (http)', 'http'],
    ['app=web', 'web'],
    ['app=web', 'app=web'],
    ['app.kubernetes.io/name=web', 'app.kubernetes.io/name'],
    ['BestEffort', 'best effort'],
    ['BestEffort', 'best-effort'],
    ['dedicated=gpu:NoSchedule', 'gpu'],
  ])('%s is meant by "%s"', (value, wanted) => {
    expect(isMeant(value, wanted)).toBe(true);
  });

  it.each([
    ['8080/TCP', '80'],
    ['webhook', 'web'],
    ['app=web', 'eb'],
    ['busybox:1.36', '1.3'],
    ['worker-12', 'worker-1'],
  ])('%s is not meant by "%s"', (value, wanted) => {
    expect(isMeant(value, wanted)).toBe(false);
  });
});

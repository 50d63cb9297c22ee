import { expect, it } from 'vitest';
import { checkedKindVersion, compareVersions, howToGetKind, kindVersionIn, noKind } from './kind-version.ts';

const linux = { platform: 'linux', architecture: 'x64' };

it.each([
  ['kind v0.33.0 go1.26.8 linux/amd64', '0.33.0'],
  ['kind v0.32.0-alpha+1234 go1.26 darwin/arm64', '0.32.0'],
  ['kind (Kind Is Not Docker)', undefined],
  ['', undefined],
])('"%s" says %s', (output, version) => {
  expect(kindVersionIn(output)).toBe(version);
});

it('compares numbers, not letters', () => {
  expect([
    compareVersions('0.9.0', '0.30.0') < 0,
    compareVersions('1.0.0', '0.30.0') > 0,
    compareVersions('0.30.0', '0.30.0'),
  ]).toEqual([true, true, 0]);
});

it('refuses what is too old, and what does not say', () => {
  expect(() => checkedKindVersion('kind', 'kind v0.20.0 go1.20 linux/amd64', linux)).toThrow('kind 0.20.0 is too old');
  expect(() => checkedKindVersion('kind', 'hello', linux)).toThrow('does not say which version');
  expect(checkedKindVersion('kind', 'kind v0.30.0 go1.24 linux/amd64', linux)).toBe('0.30.0');
});

it('says how to get kind on each platform', () => {
  expect(noKind('kind', { platform: 'darwin', architecture: 'arm64' }).remedy).toContain('brew install kind');
  expect(noKind('kind', { platform: 'win32', architecture: 'x64' }).remedy).toContain('winget install Kubernetes.kind');
  expect(howToGetKind('linux', 'arm64', '0.33.0')).toContain('https://kind.sigs.k8s.io/dl/v0.33.0/kind-linux-arm64');
  expect(howToGetKind('linux', 'riscv64', '0.33.0')).toContain('go install sigs.k8s.io/kind@v0.33.0');
});

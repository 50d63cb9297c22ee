import { testFixtures } from '@autodevops/testkit/fixture';
import { helmRelease } from './analyzer.ts';

testFixtures(helmRelease, new URL('./fixtures/', import.meta.url));

import { testFixtures } from '@autodevops/testkit/fixture';
import { initContainer } from './analyzer.ts';

testFixtures(initContainer, new URL('./fixtures/', import.meta.url));

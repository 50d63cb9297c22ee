import { testFixtures } from '@autodevops/testkit/fixture';
import { podReadiness } from './analyzer.ts';

testFixtures(podReadiness, new URL('./fixtures/', import.meta.url));

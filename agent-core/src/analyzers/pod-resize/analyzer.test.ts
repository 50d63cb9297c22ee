import { testFixtures } from '@autodevops/testkit/fixture';
import { podResize } from './analyzer.ts';

testFixtures(podResize, new URL('./fixtures/', import.meta.url));

import { testFixtures } from '@autodevops/testkit/fixture';
import { volumeMount } from './analyzer.ts';

testFixtures(volumeMount, new URL('./fixtures/', import.meta.url));

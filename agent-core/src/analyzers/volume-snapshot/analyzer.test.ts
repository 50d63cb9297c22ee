import { testFixtures } from '@autodevops/testkit/fixture';
import { volumeSnapshot } from './analyzer.ts';

testFixtures(volumeSnapshot, new URL('./fixtures/', import.meta.url));

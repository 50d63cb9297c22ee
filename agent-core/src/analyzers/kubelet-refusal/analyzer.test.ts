import { testFixtures } from '@autodevops/testkit/fixture';
import { kubeletRefusal } from './analyzer.ts';

testFixtures(kubeletRefusal, new URL('./fixtures/', import.meta.url));

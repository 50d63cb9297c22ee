import { testFixtures } from '@autodevops/testkit/fixture';
import { containerSetting } from './analyzer.ts';

testFixtures(containerSetting, new URL('./fixtures/', import.meta.url));

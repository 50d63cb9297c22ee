import { testFixtures } from '@autodevops/testkit/fixture';
import { apiService } from './analyzer.ts';

testFixtures(apiService, new URL('./fixtures/', import.meta.url));

import { testFixtures } from '@autodevops/testkit/fixture';
import { admissionWebhook } from './analyzer.ts';

testFixtures(admissionWebhook, new URL('./fixtures/', import.meta.url));

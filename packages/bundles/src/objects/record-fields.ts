import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';

export function recordAt(raw: RawRecord, key: string): RawRecord {
  const value = raw[key];
  return isRecord(value) ? value : {};
}

export function textAt(raw: RawRecord, key: string): string {
  const value = raw[key];
  return typeof value === 'string' ? value : '';
}

export function listAt(raw: RawRecord, key: string): readonly unknown[] {
  const value = raw[key];
  return Array.isArray(value) ? value : [];
}

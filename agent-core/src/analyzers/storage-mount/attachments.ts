import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import { perSnapshot } from '../../reading/per-snapshot.ts';

/** What attaches each PersistentVolume to nodes, by its name. */
export const attachments = perSnapshot((snapshot) => {
  const index = new Map<string, { ref: ObjectRef; node: string; attached: boolean; error: string; time: string }[]>();
  for (const attachment of snapshot.list('VolumeAttachment')) {
    const { source, nodeName } = attachment.spec;
    const { attached, attachError, detachError } = attachment.status;
    const error = attachError ?? detachError;
    const entry = {
      ref: refTo('VolumeAttachment', attachment),
      node: nodeName,
      attached: attached === true,
      error: error?.message ?? '',
      time: error?.time ?? '',
    };
    const key = source.persistentVolumeName ?? '';
    pushTo(index, key, entry);
  }
  return index;
});
